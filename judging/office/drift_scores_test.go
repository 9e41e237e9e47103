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

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

// deal is one act of the organiser or a judge: what it draws comes from r.
type deal func(w *world, r *rand.Rand) error

func marksOf(n int) map[string]float64 {
	return map[string]float64{"主题": float64(n / 2), "技法": float64(n - n/2)}
}

// drawn draws a score; a narrow range makes ties and repetitions.
func drawn(r *rand.Rand) int { return 60 + r.IntN(12) }

func (w *world) pair(r *rand.Rand) (judge, work string, ok bool) {
	judge, _ = pick(r, w.p.Judges)
	work, ok = pick(r, w.p.list(judge))
	return judge, work, ok
}

func (w *world) desk(judge string) *deskWorld {
	if w.desks[judge] == nil {
		w.desks[judge] = &deskWorld{open: w.o.Scoring().Desk(judging.JudgeID(judge)), last: map[string]int{},
			form: map[string]judging.Ballot{}, base: map[string]int{}}
	}
	return w.desks[judge]
}

// deskLoad opens a form; deskSave saves one that may have been opened long ago.
func deskLoad(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	d := w.desk(judge)
	b, err := d.open.Load(w.t.Context(), judging.WorkCode(w.p.work(work).Code))
	if err != nil {
		return err
	}
	now, _ := w.p.score(judge, work).now()
	d.form[work], d.base[work] = b, now.ID
	return nil
}

func deskSave(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	d := w.desk(judge)
	if _, open := d.form[work]; !open || r.IntN(3) > 0 {
		if err := w.loadForm(judge, work); err != nil {
			return err
		}
	}
	n := drawn(r)
	if r.IntN(12) == 0 {
		n = -1
	}
	return w.save(judge, work, n)
}

func (w *world) loadForm(judge, work string) error {
	d := w.desk(judge)
	b, err := d.open.Load(w.t.Context(), judging.WorkCode(w.p.work(work).Code))
	now, _ := w.p.score(judge, work).now()
	d.form[work], d.base[work] = b, now.ID
	return err
}

func (w *world) save(judge, work string, n int) error {
	d := w.desk(judge)
	b := d.form[work]
	b.Marks, b.State, b.Reason, b.Total = marksOf(n), judging.Open, "", 0
	if n < 0 {
		b.Marks, b.State, b.Reason = nil, judging.Abstained, "认识作者"
	}
	x := saying{judge: judge, work: work, n: n, src: "desk", base: d.base[work], last: d.last[work]}
	next := w.p.clone()
	fate := next.say(x)
	allowed := w.p.Notice == nil && (fate == fateTaken || fate == fateKnown)
	name := fmt.Sprintf("%s scores %s %d at the desk", judge, work, n)
	_, err := w.try(name, when(allowed), w.p.Notice == nil && fate == fateClash, func(ctx context.Context) error {
		kept, err := d.open.Save(ctx, b)
		if err == nil {
			d.form[work] = kept
		}
		return err
	})
	if err != nil || w.p.Notice != nil {
		return err
	}
	w.p = next
	if now, _ := w.p.score(judge, work).now(); allowed {
		d.base[work] = now.ID
		if fate == fateTaken {
			d.last[work] = now.ID
		}
	}
	return nil
}

// typed enters a score that came on paper.
func typed(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	n := drawn(r)
	take := []string{"", "", "cli", "contest"}[r.IntN(4)]
	next := w.p.clone()
	fate := next.say(saying{judge: judge, work: work, n: n, src: "cli", base: -1, take: take})
	allowed := w.p.Notice == nil && (fate == fateTaken || fate == fateKnown)
	name := fmt.Sprintf("%s's score %d of %s is typed, taking %q", judge, n, work, take)
	_, err := w.try(name, when(allowed), w.p.Notice == nil && fate == fateClash, func(ctx context.Context) error {
		_, err := w.o.Scoring().EnterScore(ctx, judging.JudgeID(judge), work, judging.Ballot{Marks: marksOf(n)},
			map[string]scoring.Take{"cli": scoring.TakeEntered, "contest": scoring.TakeContest}[take], false)
		return err
	})
	if err == nil && w.p.Notice == nil {
		w.p = next
	}
	return err
}

// typedAgain has a second person type a total: it changes no score.
func typedAgain(w *world, r *rand.Rand) error {
	judge, work, ok := w.pair(r)
	if !ok {
		return nil
	}
	n := drawn(r)
	_, err := w.act(fmt.Sprintf("%s's total %d of %s is typed again", judge, n, work), may,
		func(ctx context.Context) error {
			_, err := w.o.DoubleEntry().VerifyScore(ctx, judging.JudgeID(judge), work, float64(n), "李四")
			return err
		})
	return err
}

// sheetWorld is a score sheet as it was written.
type sheetWorld struct {
	path, judge, plan string
	round             int
	rows              map[string]plainSaid // code -> what it held; no statement where it was blank
	says              map[string]int       // code -> total that stands in it now; copies only
	mixed             map[string]bool      // rows whose titles were sorted away from their codes
	part              map[string]bool      // rows as they were written, but for a mark that was erased
}

func writeSheet(w *world, r *rand.Rand) error {
	judge, _ := pick(r, w.p.Judges)
	if !w.p.Planned || len(w.p.list(judge)) == 0 {
		return nil
	}
	dir := filepath.Join(w.root, fmt.Sprintf("sheets%d", w.p.Clock))
	s := &sheetWorld{judge: judge, plan: w.p.Line[len(w.p.Line)-1], round: w.p.Round, rows: map[string]plainSaid{},
		says: map[string]int{}, mixed: map[string]bool{}, part: map[string]bool{}}
	_, err := w.act("a sheet is written for "+judge, yes, func(ctx context.Context) error {
		paths, err := w.o.Scoring().WriteScoreSheets(ctx, dir, judging.JudgeID(judge), keyWordsOf(w))
		if err == nil && len(paths) != 1 {
			return fault("%d sheets", len(paths))
		}
		s.path = strings.Join(paths, "")
		return err
	})
	for _, work := range w.p.list(judge) {
		now, _ := w.p.score(judge, work).now()
		code := w.p.work(work).Code
		s.rows[code] = now
		if now.ID != 0 && now.N != noScore {
			s.says[code] = now.N
		}
	}
	w.sheets = append(w.sheets, s)
	return err
}

func keyWordsOf(w *world) func(string, map[string]any) string { return words(w.t) }

// fillIn copies a sheet, as judges do who send it back under another name, and fills some of its rows in.
func (w *world) fillIn(s *sheetWorld, r *rand.Rand) (*sheetWorld, error) {
	w.files++
	out := *s
	out.says, out.mixed, out.part = maps.Clone(s.says), maps.Clone(s.mixed), maps.Clone(s.part)
	out.path = strings.TrimSuffix(s.path, ".xlsx") + fmt.Sprintf("(%d).xlsx", w.files)
	data, err := os.ReadFile(s.path)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(out.path, data, 0o600); err != nil {
		return nil, err
	}
	f, err := excelize.OpenFile(out.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	share := 1 + r.IntN(3)
	var swapped *sheetRow
	for _, row := range rowsOfSheet(f) {
		work := row.code
		switch {
		case s.rows[work].N == -1 || s.mixed[work] || r.IntN(3) >= share: // stays as it was
		case s.rows[work].ID != 0 && s.rows[work].N == s.says[work] && r.IntN(6) == 0:
			delete(out.says, work)
			out.part[work] = true
			if err := f.SetCellValue(row.sheet, row.cell["技法"], nil); err != nil {
				return nil, err
			}
		case r.IntN(25) == 0 && swapped == nil:
			swapped = &row
		default:
			n := drawn(r)
			out.says[work], out.part[work] = n, false
			for head, mark := range marksOf(n) {
				if err := f.SetCellValue(row.sheet, row.cell[head], mark); err != nil {
					return nil, err
				}
			}
			if swapped != nil && swapped.sheet == row.sheet { // their titles change places, nothing else
				a, _ := f.GetCellValue(row.sheet, row.cell["title"])
				b, _ := f.GetCellValue(row.sheet, swapped.cell["title"])
				err = errors.Join(f.SetCellValue(row.sheet, row.cell["title"], b),
					f.SetCellValue(row.sheet, swapped.cell["title"], a))
				out.mixed[work], out.mixed[swapped.code] = true, true
				swapped = &sheetRow{}
			}
		}
	}
	return &out, errors.Join(err, f.Save())
}

// sheetRow is where a work stands in a sheet.
type sheetRow struct {
	sheet, code string
	cell        map[string]string
}

func rowsOfSheet(f *excelize.File) (out []sheetRow) {
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		var heads map[string]int
		for i, row := range rows {
			if at := slices.Index(row, "作品编号"); at >= 0 {
				heads = map[string]int{"code": at}
				for col, head := range row {
					for name, start := range map[string]string{"主题": "主题", "技法": "技法", "title": "作品名称"} {
						if strings.HasPrefix(head, start) {
							heads[name] = col
						}
					}
				}
				continue
			}
			if heads == nil || len(row) <= heads["code"] || !strings.Contains(row[heads["code"]], "-") {
				continue
			}
			x := sheetRow{sheet, row[heads["code"]], map[string]string{}}
			for name, col := range heads {
				x.cell[name], _ = excelize.CoordinatesToCellName(col+1, i+1)
			}
			out = append(out, x)
		}
	}
	return out
}

// collectSheets collects originals and filled copies in any order, some of them twice.
func collectSheets(w *world, r *rand.Rand) error {
	if len(w.sheets) == 0 {
		return nil
	}
	var files []*sheetWorld
	for range 1 + r.IntN(3) {
		s := w.sheets[max(0, len(w.sheets)-1-r.IntN(6))]
		if r.IntN(4) == 0 {
			files = append(files, s)
			continue
		}
		c, err := w.fillIn(s, r)
		if err != nil {
			return err
		}
		files = append(files, c)
		if r.IntN(5) == 0 {
			files = append(files, c, s)
		}
		if r.IntN(3) == 0 {
			w.sheets = append(w.sheets, c) // it may come again
		}
	}
	r.Shuffle(len(files), func(a, b int) { files[a], files[b] = files[b], files[a] })
	return w.collect(files, []string{"", "", "", "sheet", "contest"}[r.IntN(5)])
}

func (w *world) collect(files []*sheetWorld, take string) error {
	next := w.p.clone()
	var paths []string
	byKey := map[string][]saying{}
	for _, f := range files {
		paths = append(paths, f.path)
		if f.round != w.p.Round || !slices.Contains(w.p.Line, f.plan) || len(w.p.list(f.judge)) == 0 ||
			!slices.Contains(w.p.Judges, f.judge) {
			continue // of another plan
		}
		for code, part := range f.part {
			base, some := w.p.Scores[w.p.key(f.judge, w.byCode(code).ID)], f.rows[code]
			if part && (base == nil || !slices.Contains(base.Said, some)) {
				return nil // what was erased is not known any more: half a score would be left
			}
		}
		for code, n := range f.says {
			if work := w.byCode(code).ID; !f.mixed[code] && work != "" {
				k := f.judge + "/" + work
				byKey[k] = append(byKey[k], saying{judge: f.judge, work: work, n: n, src: "sheet",
					base: f.rows[code].ID, take: take})
			}
		}
	}
	touched := map[string]*plainTouch{}
	for _, k := range slices.Sorted(maps.Keys(byKey)) {
		w.log = append(w.log, fmt.Sprintf("  %s was %+v: %+v", k, w.p.Scores[fmt.Sprint(w.p.Round, "/", k)], byKey[k]))
		next.sayAll(byKey[k], touched)
	}
	news := len(touched) > 0
	var got collecting.Collected
	name := fmt.Sprintf("%d files are collected, taking %q: %s", len(paths), take, strings.Join(baseNames(paths), " "))
	opt := collecting.Options{Take: scoring.Take(take)}
	var before collecting.Collected
	_, err := w.act("preview of "+name, yes, func(ctx context.Context) (err error) {
		was, _ := w.dump()
		before, err = w.o.Collecting().PreviewCollect(ctx, paths, opt)
		if is, _ := w.dump(); !maps.Equal(was, is) {
			return fault("a preview wrote")
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.act(name, when(w.p.Notice == nil || !news), func(ctx context.Context) (err error) {
		got, err = w.o.Collecting().CollectScores(ctx, paths, opt)
		return err
	})
	if err != nil || w.p.Notice != nil {
		return err
	}
	if (got.ID != "") != news {
		return fault("%s: the collection is %q, news: %v %v", name, got.ID, news, touched)
	}
	for i, f := range got.Files {
		if b := before.Files[i]; len(b.Changed) != len(f.Changed) || len(b.Clashes) != len(f.Clashes) {
			return fault("%s: previewed %+v, done %+v", name, b, f)
		}
	}
	if news {
		next.Brought = append(next.Brought, &plainCollection{ID: got.ID, Round: next.Round, Touched: touched})
	}
	w.p = next
	return nil
}

func baseNames(paths []string) (out []string) {
	for _, p := range paths {
		out = append(out, filepath.Base(filepath.Dir(p))+"/"+filepath.Base(p))
	}
	return out
}

// sayAll says all that the files of one collection say of one score. Files that contradict each other settle nothing.
func (p *plain) sayAll(all []saying, touched map[string]*plainTouch) {
	s := p.score(all[0].judge, all[0].work)
	now, some := s.now()
	speaks := func(x saying) bool {
		again := x.take == "sheet" && some && now.N != x.n // what was said before is to hold once more
		return !slices.ContainsFunc(s.Said, func(v plainSaid) bool {
			return v.ID == x.base && v.N == x.n || !again && v.Src == "sheet" && v.N == x.n && v.Base == x.base
		})
	}
	apart := map[int]bool{}
	for _, x := range all {
		if speaks(x) {
			apart[x.n] = true
		}
	}
	before, waiting := len(s.Said), slices.Clone(s.Waiting)
	holds := func(x saying) bool {
		return some && now.N == x.n && slices.ContainsFunc(s.Said, func(v plainSaid) bool {
			return v.Src == "sheet" && v.N == x.n && v.Base == x.base
		})
	}
	id := func(x saying) int {
		return rowID(plainSaid{Key: p.key(x.judge, x.work), N: x.n, Base: x.base})
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b saying) int { // what a row was made on comes before the row
		depth := func(x saying) (n int) {
			for range all {
				i := slices.IndexFunc(all, func(o saying) bool { return id(o) == x.base })
				if i < 0 {
					break
				}
				x, n = all[i], n+1
			}
			return n
		}
		if onA, onB := a.base == now.ID, b.base == now.ID; onA != onB {
			return map[bool]int{true: -1, false: 1}[onA]
		}
		return depth(a) - depth(b)
	})
	var told []saying
	for _, first := range []bool{true, false} { // what holds already comes first, and needs no word
		for _, x := range all {
			if x.contested = len(apart) > 1 && speaks(x); holds(x) == first {
				told = append(told, x)
			}
		}
	}
	quiet := len(slices.DeleteFunc(slices.Clone(told), func(x saying) bool { return !holds(x) }))
	for i, x := range told {
		if i < quiet && x.take == "sheet" {
			x.take = ""
		}
		if x.contested && x.take == "sheet" {
			x.take = ""
		}
		p.say(x)
	}
	s = p.score(all[0].judge, all[0].work)
	t := &plainTouch{Before: before, After: len(s.Said), Listed: waiting, Left: slices.Clone(s.Waiting)}
	for _, v := range s.Waiting {
		if !slices.ContainsFunc(waiting, func(o plainSaid) bool { return o.ID == v.ID }) {
			t.Waiting = append(t.Waiting, v.ID)
		}
	}
	if t.Before != t.After || !sameSaid(waiting, s.Waiting) {
		touched[p.key(all[0].judge, all[0].work)] = t
	}
}

func sameSaid(a, b []plainSaid) bool {
	return slices.EqualFunc(a, b, func(x, y plainSaid) bool { return x.ID == y.ID })
}

// undoCollect takes the newest collection back.
func undoCollect(w *world, r *rand.Rand) error {
	var c *plainCollection
	for _, x := range w.p.Brought {
		if !x.Undone && x.Round == w.p.Round {
			c = x
		}
	}
	allowed := c != nil && w.p.Notice == nil
	if allowed {
		for key, t := range c.Touched {
			parts := strings.Split(key, "/")
			s := w.p.Scores[key]
			allowed = allowed && s != nil && slices.Contains(w.p.Judges, parts[1]) &&
				w.p.writable(parts[1], parts[2]) &&
				len(s.Said) == t.After && !s.Void && (sameSaid(t.Listed, t.Left) || sameSaid(s.Waiting, t.Left))
		}
	}
	done, err := w.act("a collection is taken back", when(allowed), func(ctx context.Context) error {
		_, err := w.o.Scoring().UndoCollect(ctx, "", "收错了")
		return err
	})
	if !done {
		return err
	}
	c.Undone = true
	for key, t := range c.Touched {
		s := w.p.Scores[key]
		s.Undone = append(s.Undone, s.Said[t.Before:]...)
		s.Said = s.Said[:t.Before]
		for _, v := range s.Waiting {
			if slices.Contains(t.Waiting, v.ID) {
				s.Undone = append(s.Undone, v)
			}
		}
		if !sameSaid(t.Listed, t.Left) {
			s.Waiting = slices.Clone(t.Listed)
		}
	}
	return nil
}

// resolveClash decides which of two scores holds.
func resolveClash(w *world, r *rand.Rand) error {
	for _, judge := range w.p.Judges {
		for _, work := range w.p.list(judge) {
			s := w.p.score(judge, work)
			if len(s.Waiting) == 0 || r.IntN(2) == 0 {
				continue
			}
			take, same := "contest", 0
			if v, _ := pick(r, s.candidates()); r.IntN(2) == 0 {
				take = v.Src
			}
			for _, v := range s.candidates() {
				if v.Src == take {
					same++
				}
			}
			allowed := w.p.Notice == nil && !s.Void && w.p.writable(judge, work) && same < 2
			done, err := w.act(fmt.Sprintf("%s's clash on %s is settled for the %s", judge, work, take), when(allowed),
				func(ctx context.Context) error {
					return w.o.Scoring().ResolveClash(ctx, judging.JudgeID(judge), work, map[string]scoring.Take{
						"contest": scoring.TakeContest, "sheet": scoring.TakeSheet, "desk": scoring.TakeDesk,
						"cli": scoring.TakeEntered, "packet": scoring.TakePacket,
					}[take])
				})
			if done {
				w.p.resolve(judge, work, take)
			}
			return err
		}
	}
	return nil
}
