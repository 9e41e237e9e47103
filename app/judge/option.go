package judge

import (
	"crypto/rand"
	"time"

	"fayi/app/speaker"
	"fayi/judging/media/play"
)

// Option changes what a desk works with.
type Option func(*Desk)

// PlayWith plays sounds and films with other programs, another sound card and another clock than this computer's.
func PlayWith(s play.Setup) Option { return func(d *Desk) { d.play = s } }

// usualPlay plays with what this computer has.
func usualPlay() play.Setup {
	return play.Setup{Tools: play.FindTools(), Sink: speaker.Card{}, Now: time.Now, Random: rand.Reader}
}
