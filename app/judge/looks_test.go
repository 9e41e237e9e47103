package judge_test

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/judging"
)

// lookOf is what is kept of looking at the work with this title.
func (b *bench) lookOf(title string) judging.Look {
	b.t.Helper()
	for _, w := range b.duties().Works {
		if w.Title == title {
			return w.Look
		}
	}
	b.t.Fatalf("no work %q", title)
	return judging.Look{}
}

// opens opens the work with this title from the list.
func (b *bench) opens(title string) {
	b.t.Helper()
	for _, w := range b.duties().Works {
		if w.Title == title {
			kittest.TapRow(b.t, b.root, string(w.Code), 2)
		}
	}
}

func TestWhatWasLookedAtIsKeptOverAStart(t *testing.T) {
	b := shown(t, []entry{
		{"组图", "摄影", map[string][]byte{
			"甲某1.png": pictureOf(t, 30, 20), "甲某2.png": pictureOf(t, 40, 20),
		}}, {"别的", "摄影", map[string][]byte{"甲某3.png": pictureOf(t, 50, 20)}},
	}, "组图")
	if got := b.lookOf("组图"); !got.Same(judging.Look{Seen: []int{0}}) {
		t.Errorf("after the first picture: %+v", got)
	}
	b.press(fyne.KeyEscape)
	sit(t, b.book).shows("看了 1/2", "还没看")
}

func TestAWorkSavedUnseenIsAskedForOnceAndListedAfterAStart(t *testing.T) {
	b := shown(t, []entry{
		{"组图", "摄影", map[string][]byte{
			"甲某1.png": pictureOf(t, 30, 20), "甲某2.png": pictureOf(t, 40, 20),
		}}, {"别的", "摄影", nil},
	}, "组图")
	b.marks(b.duties().Rubrics["摄影"])
	if n := len(b.Asked); n != 1 {
		t.Fatalf("asked %v", b.Asked)
	}
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	if got := b.lookOf("组图"); !got.Same(judging.Look{Seen: []int{0}, Unseen: 1}) {
		t.Errorf("kept %+v", got)
	}
	next := sit(t, b.book)
	next.shows("看了 1/2")
	next.opens("组图")
	next.press(fyne.KeyReturn)
	if len(next.Asked) > 0 {
		t.Errorf("asked again: %v", next.Asked)
	}
	next.press(fyne.KeyEscape)
	next.opens("组图")
	next.press(fyne.KeyRightBracket) // the second picture
	next.press(fyne.KeyEscape)
	if got := next.lookOf("组图"); !got.Same(judging.Look{Seen: []int{0, 1}}) {
		t.Errorf("after the second picture: %+v", got)
	}
}

// blind can't keep what was looked at.
type blind struct {
	judging.Ballots

	broken bool
}

func (d *blind) Look(ctx context.Context, code judging.WorkCode, l judging.Look) error {
	if d.broken {
		return errors.New("no room")
	}
	return d.Ballots.Look(ctx, code, l)
}

func TestALookThatCouldNotBeKeptIsKeptWithTheNext(t *testing.T) {
	o := officeOf(t, []entry{
		{"甲", "书法", map[string][]byte{"甲某1的书法.png": pictureOf(t, 30, 20)}},
		{"乙", "书法", map[string][]byte{"甲某2的书法.png": pictureOf(t, 30, 20)}},
	})
	book := &blind{o.Scoring().Desk("j001"), true}
	b := shownOn(t, book, "甲")
	if got := b.lookOf("甲"); len(got.Seen) > 0 {
		t.Fatalf("kept %+v", got)
	}
	book.broken = false
	b.press(fyne.KeyEscape)
	b.opens("乙")
	for _, title := range []string{"甲", "乙"} {
		if got := b.lookOf(title); !got.Same(judging.Look{Seen: []int{0}}) {
			t.Errorf("%s: %+v", title, got)
		}
	}
	if kittest.Shows(b.root, "no room") {
		t.Error("a judge is told of what is no concern of theirs")
	}
}
