package play

import (
	"io"
	"sync"
	"time"
)

// Silent is the Sink of a computer that can make nothing audible: a film is seen without its sound, by a clock.
type Silent struct{ Now func() time.Time }

// Start reads nothing and counts the time.
func (s Silent) Start(io.Reader) (Voice, error) { return &mute{now: s.Now}, nil }

// mute is a voice nobody hears.
type mute struct {
	now func() time.Time

	one   sync.Mutex
	since time.Time // zero while it is paused
	had   time.Duration
}

func (m *mute) Play() {
	m.one.Lock()
	defer m.one.Unlock()
	if m.since.IsZero() {
		m.since = m.now()
	}
}

func (m *mute) Pause() {
	m.one.Lock()
	defer m.one.Unlock()
	if !m.since.IsZero() {
		m.had += m.now().Sub(m.since)
		m.since = time.Time{}
	}
}

func (m *mute) Played() int64 {
	m.one.Lock()
	defer m.one.Unlock()
	d := m.had
	if !m.since.IsZero() {
		d += m.now().Sub(m.since)
	}
	return int64(d.Seconds() * Rate)
}

func (m *mute) SetVolume(float64) {}
func (m *mute) Err() error        { return nil }
func (m *mute) Close()            { m.Pause() }
