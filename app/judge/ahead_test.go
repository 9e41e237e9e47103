package judge_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

// slowDisk is a shell with a slow disk: what is to be saved waits until it is let go.
type slowDisk struct {
	*kittest.Shell
	waiting []func()
}

func (s *slowDisk) Run(name string, work kit.Work, done func(error)) {
	run := func() { s.Shell.Run(name, work, done) }
	if name != s.T("desk.saving", nil) {
		run()
		return
	}
	s.waiting = append(s.waiting, run)
}

// goOn saves all that waits, and what comes to wait by it.
func (s *slowDisk) goOn() {
	for len(s.waiting) > 0 {
		next := s.waiting[0]
		s.waiting = s.waiting[1:]
		next()
	}
}

// atSlowDisk is a desk with the first work open, saving slowly.
func atSlowDisk(t *testing.T, book judging.Ballots) (*bench, *slowDisk) {
	t.Helper()
	b := &bench{Shell: kittest.New(t), t: t, book: book}
	s := &slowDisk{Shell: b.Shell}
	b.page = judge.NewDesk(s, book, func() { b.left++ })
	b.root = b.Open(b.page)
	kittest.Tap(t, b.root, "去评分")
	return b, s
}

func essays(t *testing.T) judging.Ballots {
	t.Helper()
	return officeOf(t, []entry{
		{"甲文", "征文", nil}, {"乙文", "征文", nil}, {"丙文", "征文", nil}, {"丁文", "征文", nil},
	}).Scoring().Desk("j001")
}

func TestKeysTypedWhileAWorkIsBeingSavedScoreTheNextOnes(t *testing.T) {
	b, disk := atSlowDisk(t, essays(t))
	b.digits("28271918")
	b.press(fyne.KeyReturn)
	b.digits("27261817")
	b.press(fyne.KeyReturn)
	b.digits("26")
	b.press(fyne.KeyReturn)
	b.digits("259")
	b.press(fyne.KeyBackspace)
	disk.goOn()
	b.shows("第 3 件", "2/4")
	if first, second := b.ballot(0), b.ballot(1); first.Total != 92 || second.Total != 88 ||
		second.State != judging.Scored {
		t.Errorf("kept %+v and %+v", first, second)
	}
	if got := b.texts(); !slices.Equal(got[:4], []string{"26", "25", "", ""}) {
		t.Errorf("the third work has %q", got)
	}
	b.digits("1716")
	b.press(fyne.KeyReturn)
	disk.goOn()
	if third := b.ballot(2); third.Total != 26+25+17+16 {
		t.Errorf("kept %+v", third)
	}
}

func TestKeysTypedWhileSavingFailsAreNotPutIntoTheWork(t *testing.T) {
	book := &full{essays(t), errDisk}
	b, disk := atSlowDisk(t, book)
	b.digits("28271918")
	b.press(fyne.KeyReturn)
	b.digits("27")
	disk.goOn()
	b.shows("没有保存", "第 1 件")
	if got := b.texts(); !slices.Equal(got[:4], []string{"28", "27", "19", "18"}) {
		t.Errorf("marks %q", got)
	}
	book.err = nil
	b.press(fyne.KeyReturn)
	disk.goOn()
	b.shows("第 2 件")
}
