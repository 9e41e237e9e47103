package messy_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/messy"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
)

// rules are those of a contest with the categories and groups of the generator.
var rules = func() judging.Rules {
	r := judging.Rules{Groups: []judging.GroupRule{
		{Name: "小学组", Alias: []string{"小学"}}, {Name: "初中组", Alias: []string{"初中"}},
		{Name: "高中组", Alias: []string{"高中"}}, {Name: "成人组", Alias: []string{"教职工"}},
	}}
	for _, name := range messy.Categories {
		r.Categories = append(r.Categories, judging.Category{Name: name, Groups: messy.Groups})
	}
	return r
}()

// reading is what the reader makes of a book.
type reading struct {
	rows     []table.WorkRow
	sheets   []ledger.Account
	problems []judging.Problem
}

func readBook(path string) (r reading, err error) {
	b, err := read.Open(path, filepath.Base(path), grid.Limits{})
	if err != nil {
		return r, err
	}
	defer b.Close()
	opt := mapping.Options{Account: func(a ledger.Account) { r.sheets = append(r.sheets, a) }}
	_, r.problems, err = table.ReadWorks(context.Background(), b, rules, opt, func(w table.WorkRow) error {
		r.rows = append(r.rows, w)
		return nil
	})
	return r, err
}

// score counts over many books.
type score struct {
	books, works, taken, told, lost, phantoms int
	fields, wrong, silent                     int
	faults                                    []string
	kinds                                     map[string]int
	of                                        map[uint64]int // faults of a seed: the first three are shown
}

func (s *score) fault(seed uint64, format string, args ...any) {
	if s.of[seed]++; len(s.faults) < 60 && s.of[seed] <= 3 {
		s.faults = append(s.faults, fmt.Sprintf("seed %d: ", seed)+fmt.Sprintf(format, args...))
	}
}

// compare holds a reading against the truth: each work is found by where it stands.
func (s *score) compare(seed uint64, b *messy.Book, r reading) {
	s.books++
	for k := range b.Made {
		s.kinds[k]++
	}
	s.accounts(seed, b, r)
	free := slices.Clone(r.rows)
	for _, truth := range b.Works {
		at, most := -1, -1
		for i, row := range free {
			place := row.Work.Source
			if truth.Sheet != "" && place.Sheet != truth.Sheet || place.Row < truth.From || place.Row > truth.To {
				continue
			}
			if n := agreement(truth.Work, row.Work); n > most {
				at, most = i, n
			}
		}
		if truth.Refused == "" {
			s.works++
		}
		if at < 0 {
			s.missing(seed, truth, r)
			continue
		}
		s.fieldsOf(seed, truth, free[at], r)
		free = slices.Delete(free, at, at+1)
	}
	for _, row := range free {
		if !row.Rejected() {
			s.phantoms++
			s.silent++
			s.fault(seed, "row %d of %q is no work: %q %q", row.Work.Source.Row, row.Work.Source.Sheet, row.Work.Title,
				row.Work.Authors)
		}
	}
}

// accounts checks that each sheet answers for all its rows.
func (s *score) accounts(seed uint64, b *messy.Book, r reading) {
	var want, got []int
	for _, h := range b.Sheets {
		if h.Rows > 0 {
			want = append(want, h.Rows)
		}
	}
	for _, a := range r.sheets {
		if got = append(got, a.Rows); !a.AddsUp() {
			s.fault(seed, "%+v", a)
			s.lost++
		}
	}
	if !slices.Equal(want, got) {
		s.lost++
		s.fault(seed, "rows with text %v, in the accounts %v", want, got)
	}
}

// missing counts a work that no row was made of: a problem says so where its sheet is refused, else lost.
func (s *score) missing(seed uint64, truth messy.Truth, r reading) {
	if truth.Refused != "" {
		return
	}
	for _, p := range r.problems {
		if p.Fatal && (p.Sheet == truth.Sheet || truth.Sheet == "") &&
			(p.Row == 0 || p.Text != "sheet.row_above_head" || p.Row >= truth.From && p.Row <= truth.To) {
			s.told++
			s.fault(seed, "rows %d–%d: refused with the sheet: %s", truth.From, truth.To, p.Text)
			return
		}
	}
	s.lost++
	s.fault(seed, "rows %d–%d of %q: lost: %q", truth.From, truth.To, truth.Sheet, truth.Work.Title)
}

func (s *score) fieldsOf(seed uint64, truth messy.Truth, row table.WorkRow, r reading) {
	if row.Rejected() {
		if truth.Refused == "" {
			s.told++
			s.fault(seed, "row %d: refused: %v", row.Work.Source.Row, texts(row.Problems))
		}
		return
	}
	if truth.Refused != "" {
		s.silent++
		s.fault(seed, "row %d: taken though %s", row.Work.Source.Row, truth.Refused)
		return
	}
	s.taken++
	other := slices.ContainsFunc(row.Problems, func(p judging.Problem) bool { return p.Text != "sheet.no_group" })
	for _, f := range fields(truth.Work, row.Work) {
		if f.name == "group" && truth.NoGroup || f.name == "sender" && f.want == "" {
			continue // a proposal
		}
		if s.fields++; f.want == f.got {
			continue
		}
		untold := func(p judging.Problem) bool { return p.Text == "sheet.no_unit" }
		blank := f.got == "" && (f.name == "unit" || f.name == "sender") && slices.ContainsFunc(r.problems, untold)
		how := "with a problem"
		if s.wrong++; !other && !blank {
			s.silent++
			how = "silently"
		}
		if blank {
			continue
		}
		s.fault(seed, "row %d %s, %s: %q, not %q %v", row.Work.Source.Row, f.name, how, f.got, f.want,
			texts(row.Problems))
	}
}

type field struct{ name, want, got string }

func fields(want, got judging.Work) []field {
	join := func(list []string) string { return strings.Join(list, "+") }
	return []field{
		{"title", want.Title, got.Title}, {"author", join(want.Authors), join(got.Authors)},
		{"unit", want.Unit, got.Unit}, {"sender", want.Sender, got.Sender},
		{"category", want.Category, got.Category}, {"group", want.Group, got.Group},
		{"phone", want.Phone, got.Phone}, {"teacher", join(want.Teachers), join(got.Teachers)},
		{"number", want.Number, got.Number}, {"intro", want.Intro, got.Intro},
	}
}

func agreement(want, got judging.Work) (n int) {
	for _, f := range fields(want, got) {
		if f.want == f.got {
			n++
		}
	}
	return n
}

func texts(list []judging.Problem) (out []string) {
	for _, p := range list {
		out = append(out, strings.TrimPrefix(p.Text, "sheet."))
	}
	return out
}

// TestMessyBooksAreReadOrTold measures how much of what is taken without a word is right, and that nothing is lost.
// FAYI_MESSY=2000 tries as many books, from seed FAYI_MESSY_FROM on; FAYI_MESSY_SEED=7 shows one; the suite tries 150.
func TestMessyBooksAreReadOrTold(t *testing.T) {
	books, from := uint64(150), uint64(0)
	if n, err := strconv.ParseUint(os.Getenv("FAYI_MESSY"), 10, 32); err == nil {
		books = n
	}
	if n, err := strconv.ParseUint(os.Getenv("FAYI_MESSY_FROM"), 10, 32); err == nil {
		from = n
	}
	one := false
	if n, err := strconv.ParseUint(os.Getenv("FAYI_MESSY_SEED"), 10, 32); err == nil {
		books, from, one = 1, n, true
	}
	dir := t.TempDir()
	s := score{kinds: map[string]int{}, of: map[uint64]int{}}
	for seed := from; seed < from+books; seed++ {
		b := messy.Compose(seed)
		path, err := b.Write(dir)
		if err != nil {
			t.Fatal(err)
		}
		r, err := readBook(path)
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		s.compare(seed, b, r)
		if one {
			t.Logf("\n%s", b)
			for _, a := range r.sheets {
				t.Logf("%+v", a)
			}
			t.Logf("%v", texts(r.problems))
		}
	}
	s.report(t)
}

func (s *score) report(t *testing.T) {
	t.Helper()
	precision := 1 - float64(s.silent)/float64(max(s.fields, 1))
	t.Logf("%d books, %d works: %d taken, %d refused, %d lost, %d phantoms; %d fields, %d wrong, %d of them silently: "+
		"precision %.5f", s.books, s.works, s.taken, s.told, s.lost, s.phantoms, s.fields, s.wrong, s.silent, precision)
	var kinds []string
	for k, n := range s.kinds {
		kinds = append(kinds, fmt.Sprintf("%s %d", k, n))
	}
	sort.Strings(kinds)
	t.Logf("books with: %s", strings.Join(kinds, ", "))
	for _, f := range s.faults {
		t.Log(f)
	}
	if precision < 0.999 || s.lost > 0 || s.taken*100 < s.works*97 {
		t.Errorf("\n%s", strings.Join(s.faults, "\n"))
	}
}
