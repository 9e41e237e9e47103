package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging/judgetest"
)

func init() { roles["compare"] = compareForEver }

// compareForEver has judges say all they can of the pairs of k001, takes each judge's newest answer back when nobody
// has anything left to say, and goes on. It prints "said" and "back" for each that was kept.
func compareForEver(dir, _ string) error {
	ctx := context.Background()
	o, err := openDir(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Println("open")
	for {
		s, err := o.Comparisons().Show(ctx, "k001")
		if err != nil {
			return err
		}
		if s.Turn == "" {
			for _, j := range s.Judges {
				desk := o.Comparisons().Desk(j)
				p, err := desk.Ask(ctx)
				if err != nil {
					return err
				}
				if err := desk.Back(ctx, p.Last, "再想想"); err != nil {
					return err
				}
				fmt.Println("back")
			}
			continue
		}
		desk := o.Comparisons().Desk(s.Turn)
		p, err := desk.Ask(ctx)
		if err != nil {
			return err
		}
		if err := desk.Answer(ctx, p.Comparison, p.Left.Code, p.Right.Code, p.Left.Code); err != nil {
			return err
		}
		fmt.Println("said")
	}
}

// A program that is killed between answers, or in the midst of one, loses none that it acknowledged.
func TestEveryAcknowledgedAnswerOutlivesItsProgram(t *testing.T) {
	dir := emptyContest(t)
	o := tiedIn(t, open(t, dir))
	must(t, reads(o.Comparisons().Open(t.Context(), tie)))
	must(t, o.Close())
	chance := rand.New(rand.NewPCG(7, 8))
	times, said, back, heard := 20, 0, 0, 0
	if testing.Short() {
		times = 5
	}
	for range times {
		for _, line := range killed(t, chance, 400*time.Millisecond, "compare", dir, "")[1:] {
			heard++
			switch line {
			case "said":
				said++
			case "back":
				back++
			}
		}
		o := open(t, dir)
		s, err := o.Comparisons().Show(t.Context(), "k001")
		must(t, err)
		isSaid, isBack := s.Answers+s.Back, s.Back
		if more := isSaid - said + isBack - back; isSaid < said || isBack < back || more > 1 {
			t.Errorf("%d said and %d back are kept, %d and %d were acknowledged", isSaid, isBack, said, back)
		}
		said, back = isSaid, isBack
		if n := wantWhole(t, o); n != 12 {
			t.Errorf("%d works", n)
		}
		must(t, o.Close())
		judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
	}
	t.Logf("%d kills, %d answers acknowledged", times, heard)
	if heard < times {
		t.Errorf("only %d answers in all", heard)
	}
}
