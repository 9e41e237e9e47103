package prepare_test

import (
	"archive/zip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/prepare"
	"fayi/judging/store/bolt"
)

// place makes an empty store in a folder of its own.
func place(t *testing.T) office.Config {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)
	return office.Config{
		DB: db, Blobs: blobs, Dir: dir, Actor: "organiser", Cache: t.TempDir(), OpenCopy: bolt.OpenCopy,
		Now:    func() time.Time { at = at.Add(time.Second); return at },
		Random: rand.NewChaCha8([32]byte{1}),
	}
}

func closed(t *testing.T, o *office.Office) {
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestEveryTemplateRunsToAwards makes a contest of each template, fills it with works of each category and group and
// with judges, lets simulated judges score, and decides the awards.
func TestEveryTemplateRunsToAwards(t *testing.T) {
	all, err := prepare.Templates()
	if err != nil {
		t.Fatal(err)
	}
	for _, tpl := range all {
		t.Run(tpl.Key, func(t *testing.T) {
			begun := office.Beginning{Name: tpl.Rules.Title, Template: tpl.Key, Year: 2026}
			o, err := office.Begin(t.Context(), place(t), begun, tpl.Rules)
			if err != nil {
				t.Fatal(err)
			}
			closed(t, o)
			lists := fill(t, o, tpl.Rules)
			played, err := o.Rehearse(t.Context(), place(t), 7, nil)
			if err != nil {
				t.Fatal(err)
			}
			closed(t, played)
			decided, err := played.Awards().DecideAwards(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			if len(decided) != lists {
				t.Errorf("%d lists were decided of %d", len(decided), lists)
			}
			given := map[string]int{}
			for _, d := range decided {
				for _, g := range d.Grants {
					given[g.Award]++
				}
			}
			for _, a := range tpl.Rules.Awards {
				if given[a.Name] == 0 {
					t.Errorf("nobody got %s: %v", a.Name, given)
				}
			}
			c, err := played.Contest(t.Context())
			if err != nil || c.Template != tpl.Key || c.Year != 2026 {
				t.Errorf("%+v, %v", c, err)
			}
		})
	}
}

// fill brings in twelve works for each list of the rules, found by the categories' other names, and judges enough; it
// returns how many lists there are.
func fill(t *testing.T, o *office.Office, r judging.Rules) (lists int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("作品名称,作者,类别,组别,单位\n")
	n := 0
	for _, c := range r.Categories {
		groups := c.Groups
		if len(groups) == 0 {
			groups = []string{r.Groups[0].Name}
		}
		for g, group := range groups {
			lists++
			for i := range 12 {
				kind := c.Name
				if i%2 == 1 {
					kind = c.Alias[(i+g)%len(c.Alias)]
				}
				n++
				fmt.Fprintf(&b, "作品%03d,作者%03d,%s,%s,单位%d\n", n, n, kind, group, i)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "汇总表.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{path}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Accepted != n {
		t.Fatalf("%d works were accepted of %d", got.Accepted, n)
	}
	for i := range r.PerWork + 1 {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{Name: "评委" + string(rune('甲'+i))}); err != nil {
			t.Fatal(err)
		}
	}
	return lists
}

func TestTemplatesHaveWordsAndDaysInOrder(t *testing.T) {
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	all, err := prepare.Templates()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, tpl := range all {
		keys = append(keys, tpl.Key)
		var want []string
		for _, p := range []string{"kind_", "name_"} {
			want = append(want, "template."+p+tpl.Key)
		}
		for i, s := range tpl.Steps {
			want = append(want, "template.step_"+s.Name)
			if i > 0 && s.Day < tpl.Steps[i-1].Day {
				t.Errorf("%s: %s comes before what stands above it", tpl.Key, s.Name)
			}
		}
		for _, n := range tpl.Needs {
			want = append(want, "template.need_"+n)
		}
		for _, lang := range assets.Languages {
			in := texts.In(lang)
			for _, key := range want {
				if got := in.T(key, nil); got == "" || got == key {
					t.Errorf("%s: %s has no words", lang, key)
				}
			}
		}
		for _, n := range tpl.Rules.Rubrics {
			if len(n.Bands) < 3 {
				t.Errorf("%s: %s has %d bands", tpl.Key, n.Name, len(n.Bands))
			}
		}
	}
	if want := []string{"legal_culture", "essay", "art", "film", "stage",
		"speech", "design", "science", "thesis", "cases"}; !slices.Equal(keys, want) {
		t.Errorf("there are %v", keys)
	}
	if _, err := prepare.Find("opera"); judging.CodeOf(err) != judging.NotFound ||
		!strings.Contains(texts.In("en").Err(err), "essay") {
		t.Errorf("a template that is not there: %v", err)
	}
}

func TestNoStepFallsOnAWeekend(t *testing.T) {
	tpl, err := prepare.Find("")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 14 {
		start := time.Date(2026, 2, 20+i, 0, 0, 0, 0, time.UTC)
		days := tpl.Schedule(start)
		if days[0].Day != start.Format(time.DateOnly) {
			t.Errorf("the call of %s is moved to %s", start, days[0].Day)
		}
		for k, d := range days[1:] {
			at, err := time.Parse(time.DateOnly, d.Day)
			late := at.Sub(start.AddDate(0, 0, tpl.Steps[k+1].Day))
			weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
			if err != nil || weekend || late < 0 || late > 48*time.Hour {
				t.Errorf("from %s: %s on %s, %v late", start.Format(time.DateOnly), d.Name, d.Day, late)
			}
		}
	}
}

func TestTheChecklistIsADocument(t *testing.T) {
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	tpl, err := prepare.Find("stage")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "清单.docx")
	list := prepare.Checklist{
		Template: tpl, Name: "甲县文艺汇演", Host: "甲县司法局", Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
	}
	if err := list.Write(path, texts.In("zh-Hans").T, func(day string) string { return "〔" + day + "〕" }); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"甲县文艺汇演", "甲县司法局", "节目单", "汇演、现场评分", "〔2026-03-02〕", "办好了"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the document does not hold %q", want)
		}
	}
	if err := list.Write(filepath.Join(path, "下"), texts.In("en").T, func(d string) string { return d }); err == nil {
		t.Error("a file below a file was written")
	}
}
