package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// photographed is a contest of n photos and six judges with a plan in force.
func photographed(t *testing.T, n int) *office.Office {
	t.Helper()
	dir := t.TempDir()
	rows := [][]any{header}
	for i := range n {
		p := image.NewGray(image.Rect(0, 0, 400, 300))
		p.Set(i*9, i*7, color.White)
		var data bytes.Buffer
		if err := jpeg.Encode(&data, p, nil); err != nil {
			t.Fatal(err)
		}
		title := fmt.Sprintf("光影%02d", i)
		if err := os.WriteFile(filepath.Join(dir, title+".jpg"), data.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, []any{title, "摄影", "成人组", fmt.Sprintf("作者%02d", i), "示例单位", "", ""})
	}
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "表.xlsx", rows...)}, Media: []string{dir}})
	addJudges(t, o, 6)
	publish(t, o)
	return o
}

// TestAllAtOnceLoseNothing has six judges score and hand in while the organiser looks at pictures, reads
// everything, makes copies, adds judges and is notified of changes, all on one Office. Run with -race it shows what
// is shared and not guarded.
func TestAllAtOnceLoseNothing(t *testing.T) {
	const works, later = 8, 3
	o := photographed(t, works)
	judges, err := o.Assignment().Judges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var scoring, all sync.WaitGroup
	for i, j := range judges {
		scoring.Go(func() {
			if err := scoreList(t.Context(), o, j.ID, 0.7+0.02*float64(i)); err != nil {
				t.Errorf("%s: %v", j.Name, err)
			}
		})
	}
	scored := make(chan struct{})
	for name, look := range glances(t) {
		all.Go(func() {
			for over := false; !over; {
				select {
				case <-scored:
					over = true // once more on what is whole
				default:
				}
				if err := look(o); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
			}
		})
	}
	for i := range later {
		all.Go(func() {
			if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: fmt.Sprintf("后来%d", i)}); err != nil {
				t.Errorf("a judge who comes late: %v", err)
			}
		})
	}
	heard := [2]int{} // the window and the room
	for i := range heard {
		rings, leave := o.Subscribe()
		defer leave()
		all.Go(func() {
			for {
				select {
				case <-rings:
					heard[i]++
				case <-scored:
					return
				}
			}
		})
	}
	scoring.Wait()
	close(scored)
	all.Wait()
	if heard[0] == 0 || heard[1] == 0 {
		t.Error("nobody was told of a change")
	}
	if now, err := o.Assignment().Judges(t.Context()); err != nil || len(now) != len(judges)+later {
		t.Errorf("%d judges, %v", len(now), err)
	}
	wholeAfterAll(t, o, judges, works)
}

func TestImportsAtOnceGiveEachWorkANumberOfItsOwn(t *testing.T) {
	o := newOffice(t)
	var tables [3]string
	for i := range tables {
		tables[i] = table(
			t, fmt.Sprintf("表%d.xlsx", i), header, []any{fmt.Sprintf("甲%d", i), "摄影", "成人组", "某", "一", "", ""},
			[]any{fmt.Sprintf("乙%d", i), "书法", "成人组", "某", "二", "", ""},
		)
	}
	var all sync.WaitGroup
	for _, path := range tables {
		all.Go(func() {
			if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{
				Sources: []string{path},
			}, nil); err != nil {
				t.Errorf("import: %v", err)
			}
		})
	}
	all.Wait()
	addJudges(t, o, 6)
	publish(t, o)
	wholeAfterAll(t, o, nil, 2*len(tables))
}

// scoreList has a judge say something of each work on the list, change it, and hand in.
func scoreList(ctx context.Context, o *office.Office, judge judging.JudgeID, share float64) error {
	d, err := o.Scoring().Desk(judge).Duties(ctx)
	if err != nil {
		return err
	}
	for _, w := range d.Works {
		f, err := o.Scoring().Desk(judge).OpenFile(ctx, w.Code, 0, 0)
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		for _, s := range []float64{0.5, share} {
			if _, err := o.Scoring().Desk(judge).Save(ctx, judging.Ballot{
				Code:  w.Code,
				Marks: fill(d.Rubrics[w.Category], s),
			}); err != nil {
				return err
			}
		}
	}
	return o.Scoring().SubmitScores(ctx, judge)
}

// glances are what an organiser looks at while others work.
func glances(t *testing.T) map[string]func(*office.Office) error {
	ctx, tell := t.Context(), words(t)
	return map[string]func(*office.Office) error{
		"overview": func(o *office.Office) error { _, err := o.ShowContest(ctx); return err },
		"progress": func(o *office.Office) error { _, err := o.Scoring().Progress(ctx); return err },
		"status":   func(o *office.Office) error { _, err := o.Scoring().ScoresStatus(ctx); return err },
		"search": func(o *office.Office) error {
			f, err := o.Finder(ctx)
			if err == nil {
				f.Find("光影", 5)
			}
			return err
		},
		"pictures": func(o *office.Office) error { _, err := o.WorkFiles().MakeThumbnails(ctx, nil); return err },
		"measures": func(o *office.Office) error { _, err := o.WorkFiles().MeasureFiles(ctx, nil); return err },
		"copy":     func(o *office.Office) error { _, err := o.BackupContest(ctx); return err },
		"export": func(o *office.Office) error {
			_, err := o.Report().ExportWorks(ctx, filepath.Join(t.TempDir(), "作品.xlsx"), office.WorkFilter{}, tell)
			return err
		},
		"cancel": func(o *office.Office) error {
			given, cancel := context.WithCancel(ctx)
			_, err := o.Duplicates().FindDuplicates(given, func(int, int) { cancel() })
			cancel()
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		},
	}
}

// wholeAfterAll checks that the last word of each of judges on every work counts, that the works all have codes of
// their own, and that the contest is sound.
func wholeAfterAll(t *testing.T, o *office.Office, judges []judging.Judge, works int) {
	t.Helper()
	list, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil || len(list) != works {
		t.Fatalf("%d works, %v", len(list), err)
	}
	codes := map[judging.WorkCode]bool{}
	for _, w := range list {
		codes[w.Code] = true
	}
	if len(codes) != works {
		t.Errorf("%d works have %d codes", works, len(codes))
	}
	for i, j := range judges {
		d := firstDuty(t, o, j.ID)
		if !d.Submitted {
			t.Errorf("what %s handed in is lost", j.Name)
		}
		for _, w := range d.Works {
			want := 0.0
			for _, m := range fill(d.Rubrics[w.Category], 0.7+0.02*float64(i)) {
				want += m
			}
			if w.State != judging.Scored || w.Total != want {
				t.Errorf("%s on %s: %s %v, want %v", j.Name, w.Code, w.State, w.Total, want)
			}
		}
	}
	if r, err := o.CheckContest(t.Context(), "", nil); err != nil || !r.OK {
		t.Errorf("%+v %v", r, err)
	}
}
