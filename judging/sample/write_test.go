package sample

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/media/match"
)

func written(t *testing.T, seed uint64) (string, Summary) {
	t.Helper()
	dir := t.TempDir()
	s, err := Write(dir, seed)
	if err != nil {
		t.Fatal(err)
	}
	return dir, s
}

// TestWritten looks at one sample from all sides, since it takes a while to make.
func TestWritten(t *testing.T) {
	dir, s := written(t, 7)
	t.Run("same seed, same bytes", func(t *testing.T) { sameBytes(t, dir, s) })
	t.Run("summary counts what is written", func(t *testing.T) { summaryCounts(t, dir, s) })
	t.Run("workbooks tell their works", func(t *testing.T) { worksReadBack(t, dir, s) })
}

func sameBytes(t *testing.T, dir string, told Summary) {
	c, err := invent(7)
	if err != nil {
		t.Fatal(err)
	}
	files, err := c.files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.path)))
		if err != nil || !bytes.Equal(data, f.data) {
			t.Fatalf("%s differs from a second sample of its seed: %v", f.path, err)
		}
	}
	if again := c.summary(files); fmt.Sprint(told) != fmt.Sprint(again) {
		t.Errorf("told %v, then %v", told, again)
	}
	other, err := invent(8)
	if err != nil {
		t.Fatal(err)
	}
	if slices.EqualFunc(c.works, other.works, func(a, b *work) bool { return a.title == b.title }) {
		t.Error("two seeds give one contest")
	}
}

func summaryCounts(t *testing.T, dir string, s Summary) {
	if s.Works != 640 || s.Rejected != 4 || s.DuplicateRows != 6 || s.OddPhones != 3 || s.Judges != 24 ||
		s.Books != 10 ||
		s.Nameless != 19 {
		t.Errorf("%+v", s)
	}
	for _, c := range sizes {
		if s.Categories[c.category] != c.n {
			t.Errorf("%s: %d works, want %d", c.category, s.Categories[c.category], c.n)
		}
	}
	var size int64
	var files int
	path := func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		size += info.Size()
		files++
		return err
	}
	if err := fs.WalkDir(os.DirFS(dir), ".", path); err != nil {
		t.Fatal(err)
	}
	if size != s.Bytes || size > 30<<20 {
		t.Errorf("%d bytes written, told %d", size, s.Bytes)
	}
	if want := s.Files - 40 + s.Books + 1; files != want { // the files of one workbook are in its archive
		t.Errorf("%d files, want %d", files, want)
	}
}

func TestWorksAreDistinctAndKnownToTheRules(t *testing.T) {
	rules := bundledRules(t)
	for seed := range uint64(20) {
		c, err := invent(seed)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, w := range c.works {
			k := judging.Work{Category: w.category, Title: w.title, Authors: w.authors}.Key()
			if seen[k] {
				t.Errorf("seed %d: a work comes twice", seed)
			}
			seen[k] = true
		}
	}
	c, _ := invent(0)
	for category, spellings := range c.words.Kinds {
		for _, s := range spellings {
			if got, ok := rules.MatchCategory(s); !ok || got != category {
				t.Errorf("%s means %q, want %s", s, got, category)
			}
		}
	}
	for group, spellings := range c.words.Groups {
		for _, s := range spellings {
			if got, ok := rules.MatchGroup(s); !ok || got != group {
				t.Errorf("%s means %q, want %s", s, got, group)
			}
		}
	}
	for _, wrong := range []string{"广场舞", "机器人编程"} {
		if got, ok := rules.MatchCategory(wrong); ok {
			t.Errorf("%s means %s", wrong, got)
		}
	}
}

func TestJudgesSufficeAndSomeAreSuspect(t *testing.T) {
	for seed := range uint64(20) {
		c, err := invent(seed)
		if err != nil {
			t.Fatal(err)
		}
		works, judges := nouns(c)
		conflicts := judging.Conflicts(works, judges, nil)
		kinds := map[judging.ConflictKind]map[judging.JudgeID]bool{}
		barred := map[judging.JudgeID]map[judging.WorkID]bool{}
		for _, f := range conflicts {
			if kinds[f.Kind] == nil {
				kinds[f.Kind] = map[judging.JudgeID]bool{}
			}
			if barred[f.Judge] == nil {
				barred[f.Judge] = map[judging.WorkID]bool{}
			}
			kinds[f.Kind][f.Judge], barred[f.Judge][f.Work] = true, true
		}
		if len(kinds[judging.SameUnit]) != 2 || len(kinds[judging.IsTeacher]) != 1 ||
			len(kinds[judging.SameName]) != 0 {
			t.Errorf(
				"seed %d: judges suspect by unit, teacher, name: %d %d %d",
				seed,
				len(kinds[judging.SameUnit]),
				len(kinds[judging.IsTeacher]),
				len(kinds[judging.SameName]),
			)
		}
		if short := unserved(works, judges, barred); short > 0 {
			t.Errorf("seed %d: %d works find fewer than 3 judges", seed, short)
		}
	}
}

// nouns gives works and judges as an import would.
func nouns(c *contest) ([]judging.Work, []judging.Judge) {
	var works []judging.Work
	for i, w := range c.works {
		works = append(works, judging.Work{
			ID:       judging.WorkID(judging.Serial("w", 6, i+1)),
			Category: w.category,
			Unit:     w.unit,
			Teachers: w.teachers,
			Authors:  w.authors,
		})
	}
	var judges []judging.Judge
	for i, j := range c.judges {
		var knows []string
		for _, s := range sizes {
			if strings.Contains(j.knows, s.category) || s.category == "绘画" && strings.Contains(j.knows, "国画") {
				knows = append(knows, s.category)
			}
		}
		judges = append(judges, judging.Judge{
			ID:         judging.JudgeID(judging.Serial("j", 3, i+1)),
			Name:       j.name,
			Unit:       j.unit,
			Categories: knows,
			MaxLoad:    j.load,
		})
	}
	return works, judges
}

// unserved gives each work the three least burdened judges that may have it, scarce categories first, and counts
// the works that find fewer.
func unserved(works []judging.Work, judges []judging.Judge, barred map[judging.JudgeID]map[judging.WorkID]bool) int {
	know := map[string]int{}
	for _, w := range works {
		know[w.Category] = 0
		for _, j := range judges {
			if j.Knows(w.Category) {
				know[w.Category]++
			}
		}
	}
	slices.SortStableFunc(works, func(a, b judging.Work) int { return know[a.Category] - know[b.Category] })
	load := map[judging.JudgeID]int{}
	short := 0
	for _, w := range works {
		var able []judging.Judge
		for _, j := range judges {
			if j.Knows(w.Category) && !barred[j.ID][w.ID] && load[j.ID] < j.MaxLoad {
				able = append(able, j)
			}
		}
		slices.SortStableFunc(able, func(a, b judging.Judge) int { return load[a.ID] - load[b.ID] })
		if len(able) < 3 {
			short++
			continue
		}
		for _, j := range able[:3] {
			load[j.ID]++
		}
	}
	return short
}

func TestNothingLooksReal(t *testing.T) {
	c, err := invent(3)
	if err != nil {
		t.Fatal(err)
	}
	fake := regexp.MustCompile(`^1540000\d{4}$`)
	for _, w := range c.works {
		if !fake.MatchString(w.phone) {
			t.Errorf("phone %q", w.phone)
		}
		if !strings.Contains(w.unit, "示例") {
			t.Errorf("unit %q", w.unit)
		}
	}
	for _, j := range c.judges {
		if !fake.MatchString(j.phone) || !strings.Contains(j.unit, "示例") {
			t.Errorf("judge of %q", j.unit)
		}
	}
}

func TestFilesAreWhatTheyClaim(t *testing.T) {
	c, err := invent(5)
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]int{}
	for _, w := range c.works {
		if done[w.category+extension(w)]++; done[w.category+extension(w)] > 2 {
			continue
		}
		for _, m := range c.media(w) {
			if !filepath.IsLocal(m.path) || strings.ContainsAny(m.path, `\:*?"<>|`) {
				t.Errorf("path %q", m.path)
			}
			switch ext := strings.ToLower(path.Ext(m.path)); ext {
			case ".jpg", ".png":
				p, format, err := image.Decode(bytes.NewReader(m.data))
				if err != nil || "."+strings.Replace(format, "jpeg", "jpg", 1) != ext {
					t.Fatalf("%s: %s %v", w.category, format, err)
				}
				if b := p.Bounds(); min(b.Dx(), b.Dy()) < 200 || max(b.Dx(), b.Dy()) > 600 || len(m.data) > 60<<10 {
					t.Errorf("%s: %v, %d bytes", w.category, b, len(m.data))
				}
			case ".avi":
				if got := bytes.Count(m.data, []byte("00dc")) / 2; got < 6 ||
					!bytes.Contains(m.data, []byte("\xFF\xD8")) {
					t.Errorf("film of %d pictures", got)
				}
			case ".wav":
				if len(m.data) > 20<<10 || string(m.data[:4]) != "RIFF" {
					t.Errorf("tune of %d bytes", len(m.data))
				}
			}
		}
	}
}

func TestWriteTellsWhenItCannot(t *testing.T) {
	at := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(at, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(at, 1); judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("%v", err)
	}
}

// TestMediaFindTheirWorks holds the sample to what it promises: all but the nameless files are found, none at the
// wrong work.
func TestMediaFindTheirWorks(t *testing.T) {
	c, err := invent(11)
	if err != nil {
		t.Fatal(err)
	}
	var rows []match.Row
	var files []match.Candidate
	var owner []int
	for i, w := range c.works {
		r := match.Row{
			Number:   w.number,
			Title:    w.title,
			Authors:  w.authors,
			FileName: w.file,
			Category: w.category,
			Units:    []string{w.unit},
			From:     "来稿/" + w.book + ".xlsx",
		}
		below := "作品/"
		if w.book == "vocational" {
			r.From, below = "来稿/6 职业中学.zip/示例县职业中学/汇总.xlsx", "来稿/6 职业中学.zip/示例县职业中学/"
		}
		rows = append(rows, r)
		for _, path := range c.paths(w) {
			files = append(files, match.Candidate{Path: below + path})
			owner = append(owner, i)
		}
	}
	matched := 0
	for i, p := range match.Match(rows, files) {
		switch {
		case p.Fit != match.Matched:
			if !c.isNameless(c.works[owner[i]]) {
				t.Errorf("%s: %s", files[i].Path, p.Reason)
			}
		case p.Row != owner[i]:
			t.Errorf("%s went to another work", files[i].Path)
		default:
			matched++
		}
	}
	if share := float64(matched) / float64(len(files)); share < 0.97 {
		t.Errorf("%.3f of the files matched", share)
	}
}
