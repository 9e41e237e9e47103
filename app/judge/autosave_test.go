package judge_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"fayi/app/kit/kittest"
	"fayi/judging"
)

// timed is a desk with the first work open, over a clock that the test advances.
func timed(t *testing.T) (*bench, *kittest.Clock) {
	t.Helper()
	b := atWork(t, deskOf(t, 4))
	clock := &kittest.Clock{}
	b.Clock = clock
	return b, clock
}

func TestMarksAreSavedWhenNothingWasTypedForAWhile(t *testing.T) {
	b, clock := timed(t)
	b.typing("1")
	clock.Advance(699 * time.Millisecond)
	b.typing("0") // begins the wait again
	clock.Advance(699 * time.Millisecond)
	if got := b.ballot(0); got.State != judging.Open {
		t.Fatalf("saved while it was typed: %+v", got)
	}
	clock.Advance(time.Millisecond)
	if got := b.ballot(0); got.State != judging.Started || got.Total != 10 {
		t.Errorf("kept %+v", got)
	}
	if clock.Waiting() != 0 {
		t.Errorf("%d savings are still to come", clock.Waiting())
	}
}

func TestACommentIsGivenMoreTimeThanAMark(t *testing.T) {
	b, clock := timed(t)
	test.Type(b.comment(), "立意好")
	clock.Advance(4999 * time.Millisecond)
	if got := b.ballot(0); got.Comment != "" {
		t.Fatalf("saved while it was written: %+v", got)
	}
	clock.Advance(time.Millisecond)
	if got := b.ballot(0); got.Comment != "立意好" {
		t.Errorf("kept %+v", got)
	}
}

func TestNoSavingIsToComeOnceTheWorkIsLeft(t *testing.T) {
	b, clock := timed(t)
	b.typing("5")
	if clock.Waiting() != 1 {
		t.Fatalf("%d savings are to come", clock.Waiting())
	}
	kittest.Tap(t, b.root, "跳过")
	if got := b.ballot(0); clock.Waiting() != 0 || got.State != judging.Skipped {
		t.Errorf("%d savings are to come; kept %+v", clock.Waiting(), got)
	}
}

func TestAWrongMarkIsNotSavedWhenItsTimeComes(t *testing.T) {
	b, clock := timed(t)
	b.typing("99")
	clock.Advance(time.Hour)
	if got := b.ballot(0); got.State != judging.Open || got.Total != 0 {
		t.Errorf("kept %+v", got)
	}
}
