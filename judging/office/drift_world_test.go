package office_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// world is a contest together with what should be true of it.
type world struct {
	t     *testing.T
	root  string
	dir   string
	day   time.Time
	ticks int
	files int // copies made so far
	db    *bolt.DB
	o     *office.Office
	p     *plain
	log   []string

	desks  map[string]*deskWorld
	sheets []*sheetWorld
	copies []backupWorld

	packets []*packetWorld // out in the world: no restore changes them
	replies []*replyWorld
}

// deskWorld is a judge's form as they have it before them.
type deskWorld struct {
	open judging.Ballots
	last map[string]int            // work -> statement this desk made last
	form map[string]judging.Ballot // work -> as loaded
	base map[string]int            // work -> statement that was loaded
}

type backupWorld struct {
	path string
	p    *plain
}

// faultError is a property that does not hold.
type faultError struct{ what string }

func (f faultError) Error() string { return f.what }

func fault(format string, args ...any) error { return faultError{fmt.Sprintf(format, args...)} }

const driftRules = `
title = "漂移"
scores_per_work = 3
total_without_marks = true
missing_judges = "rank_by_rest"
ties = ["all_scores", "criteria", "top_scores", "range"]
tie_at_cut = %q
[combine]
method = %q
trim_from = 3
decimals = 2
[[rounds]]
name = "复评"
take = { count = 3 }
scores_per_work = 2
carry = "replace"
[[awards]]
name = "一等奖"
count = 1
[[awards]]
name = "二等奖"
count = 1
[[awards]]
name = "三等奖"
count = 2
[[categories]]
name = "书法"
prefix = "SF"
rubric = "通用"
[[categories]]
name = "绘画"
prefix = "HH"
rubric = "通用"
[[rubrics]]
name = "通用"
scale = 100
step = 1
criteria = [ { name = "主题", weight = 50 }, { name = "技法", weight = 50 } ]
bands = [ { label = "优", from = 60, to = 100 }, { label = "差", from = 0, to = 59 } ]
`

func newWorld(t *testing.T, seed uint64) (*world, error) {
	root, err := os.MkdirTemp("", "drift")
	if err != nil {
		return nil, err
	}
	w := &world{t: t, root: root, dir: filepath.Join(root, "甲.fayi"), desks: map[string]*deskWorld{},
		day: time.Date(2020, 5, 11, 9, 0, 0, 0, time.UTC)}
	r := rand.New(rand.NewPCG(seed, 1))
	w.p = &plain{
		Tie: []string{"share", "hold", "empty"}[r.IntN(3)], Trim: r.IntN(2) == 0, Round: 1, Duty: map[string][]string{},
		Handed: map[string]bool{}, Scores: map[string]*plainScore{}, Again: map[string]*plainAgain{},
		Apart: map[string]bool{}, Kept: map[string]bool{}, Notes: map[string]bool{},
		Past: map[string]*plainNotice{},
	}
	method := map[bool]string{true: "trimmed", false: "mean"}[w.p.Trim]
	book, err := rules.ParseRules(strings.NewReader(fmt.Sprintf(driftRules, w.p.Tie, method)))
	if err != nil {
		return nil, err
	}
	db, blobs, err := bolt.Create(w.dir)
	if err != nil {
		return nil, err
	}
	w.db = db
	if w.o, err = office.Create(t.Context(), w.config(db, blobs), "漂移", "示例县司法局", book); err != nil {
		return nil, err
	}
	return w, w.begin()
}

func (w *world) config(db store.DB, blobs *store.Blobs) office.Config {
	return office.Config{DB: db, Blobs: blobs, Dir: w.dir, Now: w.now, Random: new(chance), Actor: "organiser",
		Cache: w.root}
}

func (w *world) now() time.Time {
	w.ticks++
	return w.day.Add(time.Duration(w.ticks) * time.Millisecond)
}

// open opens the contest's folder.
func (w *world) open() error {
	db, blobs, err := bolt.OpenFolder(w.dir)
	if err != nil {
		return err
	}
	w.db = db
	w.o, err = office.Open(w.t.Context(), w.config(db, blobs))
	return err
}

func (w *world) close() {
	for _, x := range w.packets {
		if x.desk != nil {
			x.desk.Close()
		}
	}
	w.o.Close()
	os.RemoveAll(w.root)
}

// begin takes in ten works and five judges.
func (w *world) begin() error {
	for i := range 10 {
		if err := w.takeIn("作品"+stem(i), plainCategories[i%2]); err != nil {
			return err
		}
	}
	for i := range 5 {
		j, err := w.o.Assignment().AddJudge(w.t.Context(), judging.Judge{
			Name: fmt.Sprintf("评委%c", 'A'+i), Unit: fmt.Sprintf("示例协会%d", i),
		})
		if err != nil {
			return err
		}
		w.p.Judges = append(w.p.Judges, string(j.ID))
	}
	return w.plan(office.Ticking(w.t.Context(), office.PointKinds()...))
}

// stem is a name of two signs for a number below 100.
func stem(n int) string {
	signs := []rune("甲乙丙丁戊己庚辛壬癸")
	return string(signs[n/10%10]) + string(signs[n%10])
}

// takeIn imports a work of its own.
func (w *world) takeIn(title, category string) error {
	n := len(w.p.Works) + 1
	author := "张" + stem(n)
	path := table(w.t, fmt.Sprintf("来稿%d.xlsx", n), header,
		[]any{title, category, "", author, fmt.Sprintf("第%d中学", n), "", ""})
	_, err := w.o.Intake().ImportWorks(w.t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	if err != nil {
		return err
	}
	all, err := w.o.Works(w.t.Context(), office.WorkFilter{})
	if err != nil {
		return err
	}
	if len(all) != n {
		return fault("%d works after the import of the %d-th", len(all), n)
	}
	x := all[n-1]
	w.p.Works = append(w.p.Works, &plainWork{ID: string(x.ID), Code: string(x.Code), Title: x.Title, Author: author,
		Category: category, In: true})
	return nil
}

// plan publishes a plan for the present round.
func (w *world) plan(ctx context.Context) error {
	seed := uint64(w.p.Clock)
	draft, err := w.o.Assignment().PlanAssignment(ctx, assignment.PlanRequest{Seed: &seed}, nil)
	if err != nil {
		return err
	}
	if _, err := w.o.Assignment().PublishPlan(ctx, draft.ID); err != nil {
		return err
	}
	w.p.Planned, w.p.Line = true, nil
	return w.readDuties()
}

// readDuties reads who judges what: how the program finds that out is not looked at here.
func (w *world) readDuties() error {
	w.p.Duty = map[string][]string{}
	if !w.p.Planned {
		return nil
	}
	c, err := w.o.ShowContest(w.t.Context())
	if err != nil {
		return err
	}
	w.p.Line = append(w.p.Line, c.Plan.Version)
	for _, j := range w.p.Judges {
		d, err := w.o.Scoring().Desk(judging.JudgeID(j)).Duties(w.t.Context())
		if err != nil {
			return err
		}
		for _, x := range d.Works {
			if x.Calibration {
				continue
			}
			w.p.Duty[j] = append(w.p.Duty[j], w.byCode(string(x.Code)).ID)
		}
	}
	return nil
}

func (w *world) byCode(code string) *plainWork {
	i := slices.IndexFunc(w.p.Works, func(x *plainWork) bool { return x.Code == code })
	if i < 0 { // it came in after the copy that was restored
		return &plainWork{}
	}
	return w.p.Works[i]
}

func (w *world) dump() (map[string]string, error) { return judgetest.Dump(w.t.Context(), w.db) }

// verdict is what the model expects of an act.
type verdict int

const (
	no  verdict = iota // to be refused
	yes                // to be done
	may                // whether it can be done depends on what the model does not look at
)

func when(allowed bool) verdict {
	if allowed {
		return yes
	}
	return no
}

// act does something that the model expects to be done or refused. What is refused must leave everything as it was.
// done tells whether it was done.
func (w *world) act(name string, allowed verdict, do func(context.Context) error) (done bool, err error) {
	return w.try(name, allowed, false, do)
}

// try is act; leaves says that a refusal may have kept something: a score that waits for a decision.
func (w *world) try(name string, allowed verdict, leaves bool, do func(context.Context) error) (bool, error) {
	before, err := w.dump()
	if err != nil {
		return false, err
	}
	refusal := do(office.Ticking(w.t.Context(), office.PointKinds()...))
	told := "done"
	if refusal != nil {
		told = "refused: " + oneLine(refusal)
	}
	w.log = append(w.log, fmt.Sprintf("%s: %s", name, told))
	var broken faultError
	if errors.As(refusal, &broken) {
		return false, refusal
	}
	switch code := judging.CodeOf(refusal); {
	case refusal == nil && allowed == no:
		return false, fault("%s was done, and should be refused", name)
	case refusal != nil && allowed == yes:
		return false, fault("%s was refused, and should be done: %v", name, refusal)
	case refusal == nil:
		return true, nil
	case code == judging.Internal || code == "":
		var open *office.OpenError
		if !errors.As(refusal, &open) {
			return false, fault("%s failed: %v", name, refusal)
		}
	}
	after, err := w.dump()
	if err == nil && !leaves && !maps.Equal(before, after) {
		err = fault("%s was refused and left %q", name, judgetest.Differences(before, after))
	}
	return false, err
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", " ") }

func pick[T any](r *rand.Rand, of []T) (T, bool) {
	var none T
	if len(of) == 0 {
		return none, false
	}
	return of[r.IntN(len(of))], true
}
