"""Ways of playing: the concert hall, the living room and the village square."""

from knowledge.demo.style import Layer, Lead, Style

CONCERT_STYLES = (
    Style(
        "solo piano",
        layers=(Layer("piano", "rfotof", low=38, velocity=0.42, send=0.5),),
        leads=(Lead("piano", gain_db=1.5, send=0.5),),
        rubato=0.03, loose_ms=9, room_s=1.9, room_db=-8, intro_bars=2,
    ),
    Style(
        "classical piano",
        layers=(Layer("piano", "rfo...", low=40, velocity=0.42, send=0.5),),
        leads=(Lead("piano", gain_db=1.5, send=0.5),),
        rubato=0.03, loose_ms=8, room_s=1.8, room_db=-8, intro_bars=0,
    ),
    Style(
        "moonlit piano",
        layers=(
            Layer("felt piano", "012012012012", low=56, velocity=0.4, send=0.55),
            Layer("felt piano", "o-----------", low=25, velocity=0.5, send=0.5),
        ),
        leads=(Lead("felt piano", gain_db=4, send=0.6),),
        rubato=0.025, loose_ms=8, room_s=2.8, room_db=-6, intro_bars=4, slow_down=0.5,
    ),
    Style(
        "slow waltz piano",
        layers=(
            Layer("felt piano", "r--", low=31, velocity=0.5, send=0.5),
            Layer("felt piano", ".X-", low=54, velocity=0.36, send=0.55),
        ),
        leads=(Lead("felt piano", gain_db=4, send=0.6),),
        rubato=0.025, loose_ms=9, room_s=2.6, room_db=-6.5, intro_bars=4,
    ),
    Style(
        "ragtime",
        layers=(
            Layer("ragtime piano", "r.d.", low=40, velocity=0.55, send=0.25, gain_db=2),
            Layer("ragtime piano", ".x.x", low=55, velocity=0.42, send=0.25, gain_db=1),
        ),
        leads=(Lead("ragtime piano", 1, 0.0, send=0.3, double="ragtime piano", double_octave=-1),),
        loose_ms=7, room_s=0.7, room_db=-12, intro_bars=4,
    ),
    Style(
        "ambient",
        layers=(
            Layer("warm pad", "X-------", low=52, velocity=0.42, send=0.8, gain_db=-2),
            Layer("sub bass", "r-------", low=31, velocity=0.5, send=0.1, since=1),
            Layer("glass pad", "X-------", low=64, velocity=0.25, send=0.9, since=2, gain_db=-3),
        ),
        leads=(Lead("felt piano", gain_db=1, send=0.9),
               Lead("humming choir", gain_db=-1, send=0.9)),
        rubato=0.01, loose_ms=14, room_s=4.0, room_db=-1.5, intro_bars=2, slow_down=0.4,
    ),
    Style(
        "ambient choir",
        layers=(
            Layer("humming choir", "X-----", low=55, velocity=0.45, send=0.8, gain_db=-5),
            Layer("warm pad", "r-----", low=36, velocity=0.5, send=0.5, gain_db=-1),
            Layer("harp", "012343", low=55, velocity=0.35, send=0.7, since=1, gain_db=-3),
        ),
        leads=(Lead("choir", gain_db=1, send=0.9), Lead("flute", 0, 1, send=0.9)),
        rubato=0.012, loose_ms=14, room_s=4.0, room_db=-3, intro_bars=2, slow_down=0.4,
    ),
    Style(
        "music box",
        layers=(Layer("music box", "012", low=60, velocity=0.3, send=0.6, gain_db=-2),
                Layer("music box", "r--", low=48, velocity=0.35, send=0.5)),
        leads=(Lead("music box", 1, 1, send=0.6),),
        loose_ms=5, room_s=1.8, room_db=-8, intro_bars=2, slow_down=0.7,
    ),
    Style(
        "celesta ballet",
        layers=(
            Layer("pizzicato strings", "r...x...", low=43, velocity=0.5, send=0.45, gain_db=9),
            Layer("pizzicato strings", "..X...X.", low=57, velocity=0.36, send=0.45, gain_db=9),
            Layer("clarinet", "r-------", low=40, velocity=0.28, send=0.4, since=2, gain_db=6),
        ),
        leads=(Lead("celesta", 1, 2, send=0.6),),
        loose_ms=5, room_s=2.0, room_db=-7, intro_bars=4,
    ),
    Style(
        "koto garden",
        layers=(
            Layer("koto", "r...f...o...f...", low=45, velocity=0.4, send=0.6),
            Layer("glass pad", "X---------------", low=57, velocity=0.22, send=0.8, gain_db=-6),
        ),
        leads=(Lead("koto", 0, 2, send=0.6), Lead("flute", 1, -3, send=0.8)),
        rubato=0.02, loose_ms=10, room_s=2.6, room_db=-6, intro_bars=2, slow_down=0.6,
    ),
    Style(
        "harp and flute",
        layers=(Layer("harp", "rfotofot", low=41, velocity=0.42, send=0.6, gain_db=-2),
                Layer("strings", "X-------", low=55, velocity=0.26, send=0.7, since=2,
                      gain_db=-6)),
        leads=(Lead("flute", 1, -1.5, send=0.7),),
        rubato=0.015, loose_ms=9, room_s=2.6, room_db=-6, intro_bars=2,
    ),
    Style(
        "folk guitar",
        layers=(
            Layer("nylon guitar", "r13f31" , low=43, velocity=0.5, send=0.3, pan=-0.2, gain_db=-3),
            Layer("steel guitar", "..X..X", low=55, velocity=0.24, send=0.3, pan=0.35, since=2,
                  gain_db=-2),
            Layer("cello", "r-----", low=38, velocity=0.3, send=0.4, since=3, gain_db=-4),
        ),
        leads=(Lead("steel guitar", 0, 2, 0.1, 0.35), Lead("flute", 0, -2, 0.15, 0.5)),
        rubato=0.012, loose_ms=8, room_s=1.3, room_db=-10, intro_bars=2,
    ),
    Style(
        "solo guitar",
        layers=(
            Layer("nylon guitar", ".21.21.21", low=55, velocity=0.34, send=0.4, gain_db=-1),
            Layer("nylon guitar", "r--", low=40, velocity=0.55, send=0.4, gain_db=-1),
        ),
        leads=(Lead("nylon guitar", 0, 2.5, send=0.4),),
        rubato=0.03, loose_ms=9, room_s=1.7, room_db=-8, intro_bars=0,
    ),
    Style(
        "string band",
        layers=(
            Layer("banjo", "r1232132", low=50, velocity=0.36, send=0.2, pan=0.45, gain_db=-2),
            Layer("steel guitar", ".x.x", low=52, velocity=0.42, send=0.2, pan=-0.4, gain_db=-5),
            Layer("upright bass", "r.d.", low=36, velocity=0.75, send=0.1, gain_db=-6),
        ),
        leads=(Lead("violin", 1, -2, send=0.3), Lead("banjo", 0, 4, 0.2, 0.25)),
        drums_gain_db=-2, kit="brushes", drums={"a": "2525252525252525", "k": "5...5..."},
              drums_since=2,
        loose_ms=8, room_s=0.9, room_db=-12, intro_bars=2,
    ),
    Style(
        "shanty band",
        layers=(
            Layer("accordion", ".x.x.x.x", low=55, velocity=0.34, send=0.25, pan=-0.4, gain_db=2),
            Layer("steel guitar", "x.xxx.xx", low=50, velocity=0.34, send=0.2, pan=0.4, gain_db=-3),
            Layer("upright bass", "r.d.", low=36, velocity=0.8, send=0.1, gain_db=-3),
            Layer("humming choir", "X-------", low=50, velocity=0.4, send=0.5, since=3, gain_db=-5),
        ),
        leads=(Lead("accordion", 0, 1, 0.1, 0.3), Lead("violin", 1, 0, -0.1, 0.3)),
        drums_gain_db=-4, kit="acoustic", drums={"k": "9...9...", "j": "..7...7.", "n": "..5..5.."},
        loose_ms=9, room_s=1.1, room_db=-11, intro_bars=2,
    ),
    Style(
        "klezmer band",
        layers=(
            Layer("accordion", ".x.x.x.x", low=55, velocity=0.4, send=0.25, pan=-0.4, gain_db=1),
            Layer("tuba", "r.d.r.d.", low=33, velocity=0.7, send=0.15, gain_db=3),
            Layer("balalaika", "xxxxxxxx", low=57, velocity=0.28, send=0.2, pan=0.4, since=3),
        ),
        leads=(Lead("clarinet", 1, 1, 0.1, 0.35), Lead("violin", 1, 0, -0.15, 0.35)),
        drums_gain_db=-4, kit="acoustic", drums={"k": "9...7...", "g": "..7.7.7.", "j": "5.5.5.5."},
        fill={"k": "9...9.9.", "s": "..7.7777"},
        loose_ms=8, room_s=1.1, room_db=-11, intro_bars=2, slow_down=0.0,
    ),
    Style(
        "balalaika orchestra",
        layers=(
            Layer("balalaika", "xxxxxxxx", low=57, velocity=0.3, send=0.3, pan=-0.4, gain_db=-3),
            Layer("accordion", ".x.x.x.x", low=55, velocity=0.28, send=0.3, pan=0.4, since=2,
                  gain_db=-1),
            Layer("upright bass", "r.d.r.d.", low=33, velocity=0.8, send=0.1, gain_db=-6),
        ),
        leads=(Lead("balalaika", 0, 4, 0.1, 0.35), Lead("accordion", 0, 0, 0, 0.35, "balalaika")),
        drums_gain_db=-7, kit="acoustic", drums={"j": ".5.5.5.5", "k": "7...7..."}, drums_since=2,
        loose_ms=8, room_s=1.4, room_db=-10, intro_bars=2,
    ),
    Style(
        "string orchestra",
        layers=(
            Layer("cello", "r---d---", low=36, velocity=0.5, send=0.5, pan=0.3, gain_db=-2),
            Layer("strings", "X-------", low=55, velocity=0.34, send=0.5, gain_db=-5),
            Layer("harpsichord", "x.x.x.x.", low=55, velocity=0.16, send=0.4, pan=-0.3),
            Layer("pizzicato strings", "r.1.f.1.", low=48, velocity=0.36, send=0.5, since=2,
                  gain_db=2),
        ),
        leads=(Lead("violin", 0, 0, -0.2, 0.5, "strings"),),
        rubato=0.012, loose_ms=9, room_s=2.2, room_db=-7, intro_bars=2,
    ),
    Style(
        "allegro orchestra",
        layers=(
            Layer("cello", "r.r.r.r.", low=36, velocity=0.5, send=0.45, pan=0.3),
            Layer("strings", "xxxxxxxx", low=55, velocity=0.26, send=0.45, pan=0.1),
            Layer("harpsichord", "x.x.x.x.", low=55, velocity=0.14, send=0.4, pan=-0.3),
        ),
        leads=(Lead("violin", 0, -1, -0.2, 0.45, "strings"),
               Lead("violin", 0, -1, -0.2, 0.45, "oboe")),
        loose_ms=7, room_s=1.8, room_db=-8, intro_bars=2,
    ),
    Style(
        "romantic orchestra",
        layers=(
            Layer("cello", "r---d---", low=35, velocity=0.5, send=0.5, pan=0.3, gain_db=1),
            Layer("strings", "X-X-X-X-", low=55, velocity=0.3, send=0.5, gain_db=-1),
            Layer("harp", "01234321", low=55, velocity=0.4, send=0.6, pan=-0.4, gain_db=-1),
            Layer("brass", "X-------", low=50, velocity=0.34, send=0.5, since=2, gain_db=-4),
        ),
        leads=(Lead("oboe", 0, 1.5, 0.1, 0.6), Lead("strings", 0, 3, -0.1, 0.6, "trumpet"),
               Lead("strings", 0, 4, 0, 0.6, "brass", -1)),
        drums_gain_db=-4, kit="timpani", drums={"k": "6.......|6.....45"}, fill={"k": "7.5.6789",
              "x": "........"},
        drums_since=2, rubato=0.015, loose_ms=9, room_s=2.6, room_db=-6, intro_bars=2,
    ),
    Style(
        "waltz orchestra",
        layers=(
            Layer("cello", "r..", low=38, velocity=0.62, send=0.45, pan=0.3, gain_db=2),
            Layer("pizzicato strings", "r..", low=38, velocity=0.6, send=0.4, pan=0.3, gain_db=2),
            Layer("strings", ".xx", low=57, velocity=0.42, send=0.5, gain_db=2),
            Layer("brass", ".xx", low=52, velocity=0.26, send=0.45, since=1, gain_db=-1),
        ),
        leads=(Lead("strings", 0, 4, -0.1, 0.5, "flute", 0),),
        drums_gain_db=-1, kit="timpani", drums={"k": "5..|...", "j": ".22"}, drums_since=1,
        rubato=0.02, loose_ms=8, room_s=2.1, room_db=-7.5, intro_bars=4,
    ),
    Style(
        "baroque chamber",
        layers=(
            Layer("harpsichord", "r-o-f-", low=43, velocity=0.4, send=0.4, pan=-0.2),
            Layer("harpsichord", "x.....", low=55, velocity=0.3, send=0.4, pan=-0.2),
            Layer("cello", "r-----", low=36, velocity=0.36, send=0.4, pan=0.3, since=2),
        ),
        leads=(Lead("flute", 0, 0, 0.15, 0.5, "harpsichord"), Lead("oboe", 0, 0, 0.1, 0.5)),
        loose_ms=6, room_s=1.5, room_db=-9, intro_bars=2,
    ),
    Style(
        "pastoral orchestra",
        layers=(
            Layer("strings", "X-----", low=54, velocity=0.34, send=0.6, gain_db=-3),
            Layer("harp", "012321", low=52, velocity=0.36, send=0.6, pan=-0.35, gain_db=-2),
            Layer("cello", "r-----", low=35, velocity=0.4, send=0.5, pan=0.3, since=2, gain_db=-1),
        ),
        leads=(Lead("flute", 0, 0, 0.1, 0.6), Lead("oboe", 0, 1, -0.1, 0.6)),
        rubato=0.02, loose_ms=10, room_s=2.6, room_db=-6, intro_bars=2,
    ),
)  # fmt: skip
