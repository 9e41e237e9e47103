// Package speaker makes sounds audible through the sound card of this computer. The card is opened when something is
// played first, never at the start of the program; where there is none, starting a sound is an error that says so.
package speaker

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ebitengine/oto/v3"

	"fayi/judging"
	"fayi/judging/media/play"
)

// patience is how long the card may take to be ready.
const patience = 5 * time.Second

// card is the one that the library can open in a program, once.
var card struct {
	one    sync.Mutex
	tried  bool
	output *oto.Context
	voices map[*voice]bool // that sound now
}

// Card is a play.Sink. Its zero value is ready.
type Card struct{}

// Works reports whether this computer can be heard. The first call opens the card, which may take a moment.
func (Card) Works() bool {
	card.one.Lock()
	defer card.one.Unlock()
	return works()
}

func works() bool {
	if !card.tried {
		card.tried = true
		card.output = open()
	}
	return card.output != nil && card.output.Err() == nil
}

// Start begins a sound, paused. It opens the card at the first call, which may take a moment. Errors: Unavailable
// "media.no_card" where nothing can be heard.
func (Card) Start(r io.Reader) (play.Voice, error) {
	card.one.Lock()
	defer card.one.Unlock()
	if !works() {
		return nil, noCard()
	}
	v := &voice{from: r}
	v.player = card.output.NewPlayer(v)
	return v, nil
}

func noCard() error { return judging.Fail(judging.Unavailable, "media.no_card", nil) }

// open opens the card, nil for none.
func open() *oto.Context {
	c, ready, err := oto.NewContext(&oto.NewContextOptions{
		SampleRate: play.Rate, ChannelCount: play.Channels, Format: oto.FormatFloat32LE,
	})
	if err != nil {
		return nil
	}
	late, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	select {
	case <-ready:
	case <-late.Done():
		return nil
	}
	if c.Err() != nil || c.Suspend() != nil {
		return nil
	}
	card.voices = map[*voice]bool{}
	return c
}

// voice is one sound.
type voice struct {
	from   io.Reader
	player *oto.Player
	taken  atomic.Int64 // bytes

	one   sync.Mutex // guards what was played by when: the library's own counts leap while it reads
	on    bool
	since time.Time
	heard int64
}

// leap is how many frames the count may be ahead of the time that passed.
const leap = play.Rate / 50

// Read is what the library reads from.
func (v *voice) Read(p []byte) (int, error) {
	n, err := v.from.Read(p)
	v.taken.Add(int64(n))
	return n, err
}

// Play lets the sound go on.
func (v *voice) Play() {
	card.one.Lock()
	defer card.one.Unlock()
	card.voices[v] = true
	v.turn(true)
	_ = card.output.Resume() // Err says what is wrong with the card
	v.player.Play()
}

// Pause holds the sound, and the card when nothing else sounds: other programs may want it.
func (v *voice) Pause() {
	card.one.Lock()
	defer card.one.Unlock()
	v.Played()
	v.turn(false)
	v.player.Pause()
	delete(card.voices, v)
	if len(card.voices) == 0 {
		_ = card.output.Suspend() // as in Play
	}
}

// SetVolume takes 0 to 1.
func (v *voice) SetVolume(to float64) { v.player.SetVolume(to) }

// turn notes whether time counts.
func (v *voice) turn(on bool) {
	v.one.Lock()
	defer v.one.Unlock()
	v.on, v.since = on, time.Now()
}

// Played is how many frames were handed to the card.
func (v *voice) Played() int64 {
	counted := (v.taken.Load() - int64(v.player.BufferedSize())) / play.FrameBytes
	v.one.Lock()
	defer v.one.Unlock()
	if v.on {
		now := time.Now()
		most := v.heard + int64(now.Sub(v.since).Seconds()*play.Rate) + leap
		v.heard, v.since = max(v.heard, min(counted, most)), now
	}
	return v.heard
}

// Err is why the sound stopped.
func (v *voice) Err() error {
	if v.player.Err() != nil || card.output.Err() != nil {
		return noCard()
	}
	return nil
}

// Close ends the sound; the player itself goes with the last mention of it.
func (v *voice) Close() { v.Pause() }
