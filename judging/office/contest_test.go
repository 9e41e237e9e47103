package office_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func TestTheBundledRulesSurviveExportAndLoading(t *testing.T) {
	o := newOffice(t)
	before, _ := o.Rules(t.Context())
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(b.String(), `method = "trimmed"`, `method = "mean"`, 1)
	after, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if after.Version != before.Version+1 || after.Combine.Method != judging.Mean ||
		len(after.Categories) != len(before.Categories) ||
		after.Awards[0] != before.Awards[0] || after.Rubrics[3].Criteria[1].Name != before.Rubrics[3].Criteria[1].Name {
		t.Fatalf("%+v", after)
	}
}

func TestRulesThatCannotBeAreRefused(t *testing.T) {
	good := string(rubrics.LegalCulture)
	for name, change := range map[string][3]string{
		"weights do not sum": {`name = "主题内容", weight = 20`, `name = "主题内容", weight = 25`, "rules.weights_sum"},
		"bands overlap": {
			`label = "良好", from = 80, to = 89`, `label = "良好", from = 80, to = 90`, "rules.band_overlap",
		},
		"bands leave a gap": {
			`label = "良好", from = 80, to = 89`, `label = "良好", from = 81, to = 89`, "rules.band_gap",
		},
		"band above the full": {
			`label = "优秀", from = 90, to = 100`, `label = "优秀", from = 90, to = 120`, "rules.band_impossible",
		},
		"unknown key":      {`scores_per_work`, `scores_pro_work`, "rules.per_work"},
		"no such rubric":   {`rubric = "书法"`, `rubric = "书写"`, "rules.no_rubric"},
		"percent over 100": {`percent = 16`, `percent = 96`, "rules.percent_sum"},
		"broken toml":      {"\n[combine]", "\n[combine", "rules.syntax"},
	} {
		_, err := rules.ParseRules(strings.NewReader(strings.Replace(good, change[0], change[1], 1)))
		if err == nil || !strings.Contains(err.Error(), change[2]) || judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARubricInUseCannotChange(t *testing.T) {
	o := published(t, 12)
	text := strings.Replace(string(rubrics.LegalCulture), `name = "笔法", weight = 20`, `name = "用笔", weight = 20`, 1)
	_, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false)
	wantCode(t, err, judging.Closed, "rules.rubric_in_use")
	text = strings.Replace(string(rubrics.LegalCulture), "percent = 4", "percent = 5", 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(text), false); err != nil {
		t.Fatal(err)
	}
}

// onDisk makes a contest in a real folder, closed again.
func onDisk(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	rules, _ := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	o, err := office.Create(t.Context(), office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",
	}, "甲", "", rules)
	if err != nil {
		t.Fatal(err)
	}
	importAll(t, o, intake.ImportRequest{Sources: []string{worksFile(t, 9)}})
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func reopen(t *testing.T, dir string) *office.Office {
	t.Helper()
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Open(t.Context(), office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(chance),
		Actor:  "organiser",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

func TestAnAlteredJournalIsFound(t *testing.T) {
	dir := onDisk(t)
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	err = db.Update(t.Context(), func(tx store.Tx) error {
		changed = 0
		var key, value []byte
		err := tx.Scan(nil, func(k, v []byte) error {
			if strings.Contains(string(v), `"verb":"works.import"`) {
				key, value = bytes.Clone(k), bytes.Clone(v)
				changed++
			}
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Put(key, bytes.Replace(value, []byte(`"accepted":9`), []byte(`"accepted":8`), 1))
	})
	if err != nil || changed != 1 {
		t.Fatalf("%d entries, %v", changed, err)
	}
	db.Close()
	r, err := reopen(t, dir).CheckContest(t.Context(), "", nil)
	if err != nil || r.OK || r.JournalOK {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestABackupOpensAsTheContestItWas(t *testing.T) {
	dir := onDisk(t)
	path, err := reopen(t, dir).BackupContest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	judgetest.CheckFile(t, path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "乙.fayi")
	if err := os.MkdirAll(copied, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "contest.db"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	works, err := reopen(t, copied).Works(t.Context(), office.WorkFilter{})
	if err != nil || len(works) != 9 {
		t.Fatalf("%d works, %v", len(works), err)
	}
}

func TestChangesRingOnceForManyCommits(t *testing.T) {
	o := newOffice(t)
	one, leave := o.Subscribe()
	two, _ := o.Subscribe()
	gone, left := o.Subscribe()
	left()
	left()
	addJudges(t, o, 3)
	for i, rings := range []<-chan struct{}{one, two} {
		<-rings
		select {
		case <-rings:
			t.Fatalf("rang twice for listener %d", i)
		default:
		}
	}
	leave()
	addJudges(t, o, 1)
	<-two
	select {
	case <-one:
		t.Fatal("rang for a listener that has left")
	case <-gone:
		t.Fatal("rang for a listener that had left before")
	default:
	}
}

// The last ring is never lost: who hears it and looks then sees the last change.
func TestNoListenerMissesTheLastChange(t *testing.T) {
	o := newOffice(t)
	rings, leave := o.Subscribe()
	defer leave()
	const n = 20
	go func() {
		for i := range n {
			_, _ = o.Assignment().AddJudge(context.Background(), judging.Judge{Name: fmt.Sprintf("评委%d", i)})
		}
	}()
	for seen := 0; seen < n; {
		select {
		case <-rings:
			all, err := o.Assignment().Judges(t.Context())
			must(t, err)
			seen = len(all)
		case <-time.After(20 * time.Second):
			t.Fatalf("no ring after %d judges of %d", seen, n)
		}
	}
}
