package ledger_test

import (
	"math/rand/v2"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
)

func TestEveryRowIsAnsweredOnce(t *testing.T) {
	l := ledger.New("a.xlsx", "S")
	first, second, third := l.Hand(1), l.Hand(2), l.Hand(4)
	l.Take(second) // answers may come in any order
	l.Note(first, ledger.Title)
	l.Refuse(third)
	a, err := l.Close()
	if err != nil || !a.AddsUp() {
		t.Fatalf("%+v %v", a, err)
	}
	if a.Rows != 3 || a.Taken != 1 || a.Refused != 1 || a.Noted != 1 || a.Kinds[ledger.Title] != 1 {
		t.Errorf("%+v", a)
	}
	if len(a.Notes) != 1 || a.Notes[0] != (ledger.Note{Row: 1, Kind: ledger.Title}) {
		t.Errorf("%+v", a.Notes)
	}
}

func TestALostRowIsAFaultOfTheProgram(t *testing.T) {
	for name, lose := range map[string]func(l *ledger.Ledger, t ledger.Ticket){
		"unanswered":       func(*ledger.Ledger, ledger.Ticket) {},
		"answered twice":   func(l *ledger.Ledger, t ledger.Ticket) { l.Take(t); l.Note(t, ledger.Head) },
		"a part is open":   func(l *ledger.Ledger, t ledger.Ticket) { l.Split(t, 2); l.Take(t) },
		"a foreign ticket": func(l *ledger.Ledger, t ledger.Ticket) { l.Take(t); l.Take(t + 7) },
	} {
		l := ledger.New("a.xlsx", "S")
		lose(l, l.Hand(3))
		if _, err := l.Close(); judging.CodeOf(err) != judging.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARowOfTwoTablesCountsOnceAsTheStrongestOfItsParts(t *testing.T) {
	for _, parts := range [][2]func(*ledger.Ledger, ledger.Ticket){
		{(*ledger.Ledger).Take, (*ledger.Ledger).Refuse},
		{(*ledger.Ledger).Refuse, (*ledger.Ledger).Take},
	} {
		l := ledger.New("", "")
		row := l.Hand(1)
		l.Split(row, 2)
		parts[0](l, row)
		parts[1](l, row)
		if a, err := l.Close(); err != nil || a.Rows != 1 || a.Refused != 1 || a.Taken != 0 {
			t.Errorf("%+v %v", a, err)
		}
	}
}

func TestManyRowsCostNoMemory(t *testing.T) {
	l, r := ledger.New("", ""), rand.New(rand.NewPCG(1, 2))
	var waiting []ledger.Ticket
	for row := range 100_000 {
		waiting = append(waiting, l.Hand(row+1))
		for len(waiting) > 0 && (len(waiting) > 60 || r.IntN(2) == 0) {
			i := r.IntN(len(waiting))
			l.Note(waiting[i], ledger.Remark)
			waiting = append(waiting[:i], waiting[i+1:]...)
		}
	}
	for _, w := range waiting {
		l.Take(w)
	}
	a, err := l.Close()
	if err != nil || a.Rows != 100_000 || a.Noted+a.Taken != 100_000 || len(a.Notes) != 100 {
		t.Errorf("%+v %v", a, err)
	}
}
