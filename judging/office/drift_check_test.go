package office_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/office/report"
	"fayi/judging/store"
)

// driftStops are the points that stop a gate whatever is ticked.
var driftStops = map[string][]string{
	"next": {"reopened"},
	"notice": {"clashes", "conflicted_scores", "reopened", "rulings_pending", "awards_stale", "out_awarded",
		"ties_held"},
	"final": {"clashes", "conflicted_scores", "reopened", "rulings_pending", "awards_stale", "out_awarded",
		"ties_held", "notice_differs", "objections"},
	"certificates": {"reopened", "rulings_pending", "awards_stale", "out_awarded", "ties_held", "notice_differs"},
	"batch":        {"reopened", "rulings_pending", "awards_stale", "out_awarded", "ties_held", "notice_differs"},
}

// stopped reports whether something open stops a gate.
func (p *plain) stopped(gate string) bool {
	open := p.openPoints()
	return slices.ContainsFunc(driftStops[gate], func(kind string) bool { return open[kind] > 0 })
}

// openPoints counts what is unfinished or does not agree.
func (p *plain) openPoints() map[string]int {
	out := map[string]int{}
	for _, x := range p.Works {
		if p.inRound(x.ID, p.Round) {
			out["not_reviewed"]++
		}
	}
	if p.LeftOut > 0 {
		out["import_problems"] = p.LeftOut
	}
	if p.Planned {
		p.openScores(out)
	}
	for _, o := range p.Objects {
		if o.State == "open" {
			out["objections"]++
		}
	}
	if p.Decided == nil {
		return out
	}
	given, _ := p.awards()
	was, now := namesOf(p.Decided), namesOf(given)
	if out["rulings_pending"] = p.pending(); out["rulings_pending"] == 0 {
		out["awards_stale"] = len(differing(was, now))
	}
	for id := range was {
		if !p.inContest(id) {
			out["out_awarded"]++
		}
	}
	out["ties_held"] = len(p.Notes)
	if p.Notice != nil && p.Notice.Decide != p.Decides {
		out["notice_differs"] = len(differing(p.Notice.Shown, was))
	}
	said, _, _ := p.reported()
	for id, s := range said {
		if name, _, _ := strings.Cut(s, "|"); name != was[id] {
			out["reported_changed"]++
		}
	}
	return out
}

func (p *plain) openScores(out map[string]int) {
	wanted, waits := map[string]int{}, map[string]bool{}
	finished := true
	for _, j := range p.Judges {
		late := len(p.Duty[j]) > 0 && !p.Handed[j] && !p.Closed
		finished = finished && !late
		if late {
			out["lists_open"]++
		}
		for _, id := range p.Duty[j] {
			wanted[id]++
			waits[id] = waits[id] || late
			s := p.Scores[p.key(j, id)]
			if now, some := s.now(); some && now.N == -1 && p.inRound(id, p.Round) {
				out["flags"]++
			}
			if s != nil && p.inContest(id) && p.writable(j, id) && s.pending() != nil {
				out["clashes"] += len(s.pending())
			}
		}
	}
	for _, x := range p.conflicted() {
		if p.inRound(x[1], p.Round) {
			out["conflicted_scores"]++
		}
	}
	for id, a := range p.Again {
		if a.Open && p.inRound(id, p.Round) && p.unheard(id) > 0 {
			out["reopened"]++
		}
	}
	for _, category := range plainCategories {
		whole, trimmed := 0, 0
		for _, x := range p.alone(category, p.Round) {
			switch {
			case !waits[x.Work] && x.N < wanted[x.Work]:
				out["judge_short"]++
			}
			switch {
			case x.N == 0 && finished:
				out["unranked"]++
			case x.N == 0:
			case x.Left == 0:
				whole++
			default:
				trimmed++
			}
		}
		out["two_formulas"] += min(whole, trimmed)
	}
}

// check compares the contest with the model.
func (w *world) check() error {
	return firstOf(w.checkTallies(), w.checkScores(), w.checkPoints(), w.checkPlaces(), w.checkAwards())
}

// checkTallies recounts the running counts. They must be there to be trusted, whatever was done.
func (w *world) checkTallies() error {
	return w.db.View(w.t.Context(), func(tx store.Tx) error {
		if _, ok, err := tally.RoundOf(tx, 1); err != nil || !ok {
			return firstOf(err, errors.New("the tallies were given up"))
		}
		wrong, err := tally.Differences(tx)
		if err == nil && len(wrong) > 0 {
			err = fmt.Errorf("tallies that a recount does not give: %v", wrong)
		}
		return err
	})
}

// waitingScore is a record of what waits for a decision, as it is stored.
type waitingScore struct {
	Round    judging.Round          `json:"round"`
	Judge    judging.JudgeID        `json:"judge"`
	Code     judging.WorkCode       `json:"code"`
	Versions []judging.ScoreVersion `json:"versions"`
}

var waitingScores = store.NewTable("clash", 1, func(c *waitingScore) string { return "" })

func numbers(all []judging.ScoreVersion) []int {
	out := []int{}
	for _, v := range all {
		switch v.State {
		case judging.Abstained:
			out = append(out, -1)
		case judging.Scored:
			out = append(out, int(v.Total))
		default:
			out = append(out, noScore)
		}
	}
	return out
}

func numbersSaid(all []plainSaid) []int {
	out := []int{}
	for _, v := range all {
		out = append(out, v.N)
	}
	return out
}

// scoreText is all that is kept of a score, and which holds; statements of one collection have no order.
func scoreText(said []int, void bool, waiting, undone []int) string {
	slices.Sort(said[:max(0, len(said)-1)])
	slices.Sort(waiting)
	slices.Sort(undone)
	return fmt.Sprintf("said %v void %v waits %v undone %v", said, void, waiting, undone)
}

func (w *world) checkScores() error {
	kept, waits := map[string]judging.Score{}, map[string][]judging.ScoreVersion{}
	err := w.db.View(w.t.Context(), func(tx store.Tx) error {
		return firstOf(records.Scores.Each(tx, func(s judging.Score) error {
			kept[fmt.Sprintf("%d/%s/%s", s.Round, s.Judge, s.Work)] = s
			return nil
		}), waitingScores.Each(tx, func(c waitingScore) error {
			waits[fmt.Sprintf("%d/%s/%s", c.Round, c.Judge, w.byCode(string(c.Code)).ID)] = c.Versions
			return nil
		}))
	})
	if err != nil {
		return err
	}
	for _, a := range w.p.Acked {
		s := kept[a.Key]
		if !slices.Contains(slices.Concat(numbers(s.Versions), numbers(s.Undone), numbers(waits[a.Key])), a.N) {
			return fault("the score %d of %s was said to be kept and is lost", a.N, a.Key)
		}
	}
	keys := map[string]bool{}
	for _, m := range []any{kept, waits, w.p.Scores} {
		switch m := m.(type) {
		case map[string]judging.Score:
			for k := range m {
				keys[k] = true
			}
		case map[string][]judging.ScoreVersion:
			for k := range m {
				keys[k] = true
			}
		case map[string]*plainScore:
			for k := range m {
				keys[k] = true
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		s, m := kept[k], w.p.Scores[k]
		if m == nil {
			m = &plainScore{}
		}
		is := scoreText(numbers(s.Versions), s.Void != "", numbers(waits[k]), numbers(s.Undone))
		want := scoreText(numbersSaid(m.Said), m.Void, numbersSaid(m.Waiting), numbersSaid(m.Undone))
		if is != want {
			return fault("%s: %s, and should be: %s", k, is, want)
		}
	}
	return nil
}

func (w *world) checkPoints() error {
	all, err := w.o.OpenPoints(w.t.Context())
	if err != nil {
		return fault("what is open can't be told: %v", err)
	}
	whole, err := w.o.OpenPointsAt(w.t.Context(), "") // found whole, by every work and score
	if err != nil || !reflect.DeepEqual(all, whole) {
		return fault("what is open is told as %+v, and found as %+v, %v", all, whole, err)
	}
	is, want := map[string]int{}, w.p.openPoints()
	for _, p := range all {
		if p.Kind != "notice_not_over" { // hangs on the calendar
			is[p.Kind] = p.Count
		}
	}
	maps.DeleteFunc(want, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(is, want) {
		return fault("open are %v, and should be %v", is, want)
	}
	return nil
}

func (w *world) checkPlaces() error {
	if !w.p.Planned {
		return nil
	}
	got, err := w.o.Results().Rank(w.t.Context())
	if err != nil {
		return err
	}
	is, want := map[string]int{}, map[string]int{}
	for _, p := range got {
		is[string(p.Work)] = p.Place
	}
	for _, category := range plainCategories {
		for _, x := range w.p.ranked(category) {
			want[x.Work] = x.Place
		}
	}
	if !maps.Equal(is, want) {
		return fault("places are %v, and should be %v", is, want)
	}
	return nil
}

func (w *world) checkAwards() error {
	got, err := w.o.Awards().ListAwards(w.t.Context())
	if err != nil {
		return err
	}
	is, want := map[string]string{}, map[string]string{}
	for _, a := range got {
		is[string(a.Work)] = fmt.Sprint(a.Award, a.Place, a.Title, a.Authors)
	}
	for id := range w.p.Decided {
		x, name := w.p.work(id), awardOf(w.p.Decided, id)
		want[id] = fmt.Sprint(name, w.p.Decided[id][name], x.Title, []string{x.Author})
	}
	if !maps.Equal(is, want) {
		return fault("awards are %v, and should be %v", is, want)
	}
	return nil
}

// checkPapers compares what leaves the house with the model.
func (w *world) checkPapers() error {
	ctx := w.t.Context()
	stats, err := w.o.Results().Statistics(ctx)
	if err != nil {
		return err
	}
	for _, c := range stats.Categories {
		in, awards := 0, 0
		for _, x := range w.p.Works {
			if x.Category == c.Name {
				if w.p.inContest(x.ID) {
					in++
				}
				if awardOf(w.p.Decided, x.ID) != "" {
					awards++
				}
			}
		}
		if c.Accepted != in || c.Awards != awards {
			return fault("statistics of %s: %+v, and should be %d accepted and %d awards", c.Name, c, in, awards)
		}
	}
	path := filepath.Join(w.root, "名单.csv")
	if _, err := w.o.Report().WriteAwards(ctx, path, report.AwardListRequest{}, keyWords); err != nil {
		if judging.CodeOf(err) == judging.Closed && len(w.p.Decided) == 0 {
			return nil
		}
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := csv.NewReader(f)
	lines.FieldsPerRecord = -1
	rows, err := lines.ReadAll()
	if err != nil {
		return err
	}
	text := ""
	for _, row := range rows {
		text += strings.Join(row, ",") + "\n"
	}
	for _, x := range w.p.Works {
		if won := awardOf(w.p.Decided, x.ID) != ""; won != strings.Contains(text, ","+x.Title+",") {
			return fault("the list says %q; %s has an award: %v", text, x.Title, won)
		}
	}
	return nil
}

// checkCertificates prints them, and reads the list of them.
func (w *world) checkCertificates() error {
	if len(w.p.Decided) == 0 {
		return nil
	}
	if w.p.stopped("certificates") {
		return nil
	}
	list := filepath.Join(w.root, "证书.xlsx")
	ctx := office.Replacing(office.Ticking(w.t.Context(), "objections"))
	got, err := w.o.Report().PrintCertificates(ctx, report.CertificateRequest{
		Out: filepath.Join(w.root, "证书.pdf"), List: list}, plainWords)
	if err == nil && got.Certificates != len(w.p.Decided) {
		err = fault("%d certificates for %d awards", got.Certificates, len(w.p.Decided))
	}
	return err
}

// parts reads the key of a score.
func parts(key string, round *int, judge, work *string) {
	p := strings.Split(key, "/")
	fmt.Sscan(p[0], round)
	*judge, *work = p[1], p[2]
}
