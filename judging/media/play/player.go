package play

import (
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// What a Sink is given: frames a second of two channels, each value a little-endian float32 from -1 to 1.
const (
	Rate       = 48_000
	Channels   = 2
	FrameBytes = 4 * Channels
)

// Source gives a sound at Rate. It is used by one goroutine at a time.
type Source interface {
	// Read fills p with left and right in turn and returns how many values it wrote; io.EOF comes with none.
	Read(p []float32) (int, error)
	// GoTo goes to a frame.
	GoTo(frame int64) error
	// Interrupt ends a Read that waits, from another goroutine; after it comes GoTo or Close.
	Interrupt()
	// Close ends all that it started.
	Close() error
}

// Sink makes sound audible.
type Sink interface {
	// Start begins to take sound from r, paused. Errors: that nothing can be heard on this computer.
	Start(r io.Reader) (Voice, error)
}

// Voice is one sound in a sink.
type Voice interface {
	Play()
	Pause()
	// SetVolume takes 0 to 1.
	SetVolume(v float64)
	// Played is how many frames were heard since the start.
	Played() int64
	// Err is why the sound stopped, nil while it can go on.
	Err() error
	// Close ends it; nothing is read any more once it returns.
	Close()
}

// Player plays one sound or film. Its methods may be called from any goroutine. Play, Pause, Seek, Resize and Close
// may take seconds, where ffmpeg has to begin; State, Picture, Volume and SetVolume never wait for them.
type Player struct {
	source Source
	reel   *Reel // nil for a sound
	sink   Sink
	length time.Duration // 0 for not known

	one     sync.Mutex // guards all below
	voice   Voice      // nil until it was played
	feed    *feed
	base    int64 // the frame at which the voice began
	playing bool
	failed  error
	closed  bool

	volume atomic.Uint64 // the bits of a float64
	last   atomic.Pointer[State]
}

// State is what a Player is doing.
type State struct {
	Position time.Duration // that is heard now
	Playing  bool
	Busy     bool  // it is being started, sought or stopped; the rest is from before
	Err      error // why it stopped before the end, nil for no reason
}

// NewPlayer plays source through sink; reel holds the pictures of a film, nil for a sound. length is 0 where it is
// not known. The player closes source and reel.
func NewPlayer(source Source, reel *Reel, sink Sink, length time.Duration) *Player {
	p := &Player{source: source, reel: reel, sink: sink, length: length}
	p.last.Store(&State{})
	p.SetVolume(1)
	return p
}

// Length is how long it plays, 0 where that is not known.
func (p *Player) Length() time.Duration { return p.length }

// State is what it is doing now.
func (p *Player) State() State {
	if !p.one.TryLock() {
		s := *p.last.Load()
		s.Busy = true
		return s
	}
	defer p.one.Unlock()
	p.settle()
	s := State{Position: p.position(), Playing: p.playing, Err: p.failed}
	p.last.Store(&s)
	return s
}

func (p *Player) position() time.Duration {
	at := p.base
	if p.voice != nil {
		at += p.voice.Played()
	}
	d := time.Duration(float64(at) / Rate * float64(time.Second))
	if p.length > 0 {
		d = min(d, p.length)
	}
	return d
}

// settle notes that the end was reached, or that the sink failed.
func (p *Player) settle() {
	if !p.playing || p.voice == nil {
		return
	}
	if err := p.voice.Err(); err != nil {
		p.failed = err
		p.halt()
		return
	}
	over, err := p.feed.state(p.voice.Played())
	if err != nil {
		p.failed = err
	}
	if over || p.length > 0 && p.position() >= p.length {
		p.halt()
	}
}

func (p *Player) halt() {
	p.playing = false
	p.voice.Pause()
}

// Play goes on where it stands, or from the beginning if that is the end. Errors: those of the sink and the source.
func (p *Player) Play() error {
	p.one.Lock()
	defer p.one.Unlock()
	p.settle()
	if p.closed || p.playing {
		return nil
	}
	at, again := p.position(), p.voice == nil || p.failed != nil
	if p.atEnd() {
		at, again = 0, true
	}
	if again {
		if err := p.begin(at); err != nil {
			return err
		}
	}
	p.playing = true
	p.voice.Play()
	return nil
}

// atEnd reports whether all was heard.
func (p *Player) atEnd() bool {
	if p.length > 0 && p.position() >= p.length {
		return true
	}
	if p.voice == nil {
		return false
	}
	over, _ := p.feed.state(p.voice.Played())
	return over
}

// Pause stops; Play goes on from there.
func (p *Player) Pause() {
	p.one.Lock()
	defer p.one.Unlock()
	if p.playing && p.voice != nil {
		p.halt()
	}
}

// Seek goes to a place and plays on if it played. Errors: those of Play.
func (p *Player) Seek(to time.Duration) error {
	p.one.Lock()
	defer p.one.Unlock()
	if p.closed {
		return nil
	}
	if p.length > 0 {
		to = min(to, p.length)
	}
	p.settle()
	playing := p.playing
	if err := p.begin(max(to, 0)); err != nil {
		return err
	}
	if playing {
		p.voice.Play()
	}
	return nil
}

// begin starts a new voice, paused, at a place. A film's picture of that place is waited for, so that its sound does
// not run ahead.
func (p *Player) begin(at time.Duration) error {
	p.silence()
	p.failed = nil
	frame := int64(at.Seconds() * Rate)
	err := p.source.GoTo(frame)
	if err == nil && p.reel != nil {
		err = p.reel.GoTo(at)
	}
	f := &feed{source: p.source}
	var v Voice
	if err == nil {
		v, err = p.sink.Start(f)
	}
	if err != nil {
		p.playing, p.failed = false, err
		return err
	}
	v.SetVolume(p.Volume())
	p.voice, p.feed, p.base = v, f, frame
	return nil
}

// silence ends the voice and keeps its place.
func (p *Player) silence() {
	if p.voice == nil {
		return
	}
	p.base += p.voice.Played()
	p.voice.Close()
	p.source.Interrupt()
	p.feed.close()
	p.voice = nil
}

// Volume is how loud it is, 0 to 1.
func (p *Player) Volume() float64 { return math.Float64frombits(p.volume.Load()) }

// SetVolume makes it louder or softer, 0 to 1.
func (p *Player) SetVolume(v float64) {
	v = min(max(v, 0), 1)
	p.volume.Store(math.Float64bits(v))
	if !p.one.TryLock() {
		return // the voice that is being started takes it
	}
	defer p.one.Unlock()
	if p.voice != nil {
		p.voice.SetVolume(v)
	}
}

// Picture is the picture to be seen now, nil where it is the same as before. It may be drawn until the next one came.
func (p *Player) Picture() *image.RGBA {
	if p.reel == nil {
		return nil
	}
	return p.reel.Picture(p.State().Position)
}

// Resize has the pictures made at another size, from now on. Errors: those of Reel.GoTo.
func (p *Player) Resize(size image.Point) error {
	p.one.Lock()
	defer p.one.Unlock()
	if p.closed || p.reel == nil || !p.reel.Resize(size) || p.voice == nil {
		return nil
	}
	return p.reel.GoTo(p.position())
}

// Close stops and ends all that was started. Closing twice does nothing.
func (p *Player) Close() error {
	p.source.Interrupt() // some sinks read as long as Play lasts
	p.one.Lock()
	defer p.one.Unlock()
	if p.closed {
		return nil
	}
	p.closed, p.playing = true, false
	p.silence()
	var err error
	if p.reel != nil {
		err = p.reel.Close()
	}
	return errors.Join(err, p.source.Close())
}

// feed hands a source to a sink as bytes, and ends for good when it is closed: the source is then somebody else's.
type feed struct {
	one    sync.Mutex
	source Source
	values []float32
	given  int64 // frames
	over   bool
	err    error
}

// Read implements io.Reader.
func (f *feed) Read(b []byte) (int, error) {
	f.one.Lock()
	defer f.one.Unlock()
	if f.over {
		return 0, io.EOF
	}
	n := min(len(b)/FrameBytes*Channels, 8192)
	if n == 0 {
		return 0, nil
	}
	if f.values == nil {
		f.values = make([]float32, 8192)
	}
	n, err := f.source.Read(f.values[:n])
	for i, v := range f.values[:n] {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
	f.given += int64(n / Channels)
	if err != nil {
		f.over = true
		if !errors.Is(err, io.EOF) {
			f.err = err
		}
		return 4 * n, io.EOF
	}
	return 4 * n, nil
}

// state reports whether the end was heard, and why it came early.
func (f *feed) state(played int64) (bool, error) {
	f.one.Lock()
	defer f.one.Unlock()
	return f.over && played >= f.given, f.err
}

// close waits for a reading under way.
func (f *feed) close() {
	f.one.Lock()
	defer f.one.Unlock()
	f.over = true
}
