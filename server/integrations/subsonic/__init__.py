"""Apps on phones and computers that speak OpenSubsonic (https://opensubsonic.netlify.app).

Version 1.16.1 of the API, for reading and playing; answers as XML, JSON or JSONP.
"""
