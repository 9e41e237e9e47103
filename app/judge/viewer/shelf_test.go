package viewer

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

// slow is a shell whose quiet work begins and ends when the test says so, as that of the real window does.
type slow struct {
	kit.Shell

	random *rand.Rand
	works  []func()
}

// Quietly puts work off.
func (s *slow) Quietly(work kit.Work, done func(error)) {
	s.works = append(s.works, func() { done(work(context.Background(), func(int, int) {})) })
}

// step does one thing that was put off, and reports whether there was any.
func (s *slow) step() bool {
	if len(s.works) == 0 {
		return false
	}
	i := s.random.IntN(len(s.works))
	work := s.works[i]
	s.works = append(s.works[:i], s.works[i+1:]...)
	work()
	return true
}

// essays are texts that say which they are; those of works with an odd number are broken.
type essays struct{}

// OpenFile opens one.
func (essays) OpenFile(_ context.Context, code judging.WorkCode, _, _ int) (judging.OpenFile, error) {
	if strings.HasSuffix(string(code), "5") {
		err := judging.Fail(judging.Unavailable, "works.no_file", judging.Args{"Work": code, "N": 1})
		return judging.OpenFile{}, err
	}
	return judging.OpenFile{ReadSeekCloser: held{strings.NewReader("法治之光 " + string(code))}}, nil
}

type held struct{ io.ReadSeeker }

// Close does nothing.
func (held) Close() error { return nil }

// Two works stand side by side, and each is opened while the other still is: whoever waits for a file gets it, in
// whatever order reading ends, and nobody gets one that they have gone on from.
func TestWhoWaitsForAFileGetsIt(t *testing.T) {
	base := kittest.New(t)
	var duties []judging.Duty
	for i := range 8 {
		duties = append(duties, judging.Duty{BlindWork: judging.BlindWork{
			Code: judging.WorkCode(fmt.Sprintf("ZW-%d", i)), Files: []judging.BlindFile{{Kind: "text"}},
		}})
	}
	for seed := range uint64(400) {
		sh := &slow{Shell: base, random: rand.New(rand.NewPCG(seed, 7))}
		near := duties[:2+int(seed)%3]
		s := NewShelf(sh, Desk{
			Files: essays{}, Works: func() []judging.Duty { return duties },
			Near: func() (out []Spot) {
				for _, d := range near {
					out = append(out, Front(d.Code))
				}
				return out
			},
			Canvas: func() fyne.Canvas { return nil },
		})
		var asks, got [3]int // by side: how often it asked, and which of these it was given
		show := func(side int) {
			asks[side]++
			ask := asks[side]
			waits := func() bool { return asks[side] == ask }
			s.show(Front(duties[sh.random.IntN(len(duties))].Code), waits, func(*leaf) {
				if waits() {
					got[side] = ask
				}
			})
		}
		for range 30 {
			switch sh.random.IntN(4) {
			case 0:
				sh.step()
			case 1:
				s.Plan()
			default:
				show(sh.random.IntN(len(asks)))
			}
		}
		for range 1000 {
			if !sh.step() {
				break
			}
		}
		if asks != got || s.busy != nil || len(s.line) > 0 {
			t.Fatalf("seed %d: asked %v, given %v, %d in line", seed, asks, got, len(s.line))
		}
		s.Close()
	}
}
