"""What covers look like: colours, light, simple shapes. Not what they show: no faces, no things."""
