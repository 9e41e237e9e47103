package office_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/report"
	"fayi/judging/office/results"
	"fayi/judging/superior"
)

const specialRules = `
[[special_awards]]
name = "全场最佳"
by = "score"
count = 1

[[special_awards]]
name = "最佳新人奖"
by = "nomination"
count = 1
`

// special are the codes of the works with a prize.
func special(t *testing.T, all []awards.SpecialHonour, prize string) (out []judging.WorkID) {
	t.Helper()
	for _, h := range all {
		if h.Prize == prize {
			for _, s := range h.Works {
				out = append(out, s.Work)
			}
			return out
		}
	}
	t.Fatalf("the rules give no %s: %+v", prize, all)
	return nil
}

func nominate(t *testing.T, o *office.Office, work judging.WorkID, prize string) (award.Ruling, error) {
	t.Helper()
	return o.Awards().RuleAward(t.Context(), award.Ruling{
		Kind: award.RuleNominate, Work: work, Award: prize, Reason: "评委会提名",
	})
}

// A special prize goes all the way: rules, board, deciding, public list, certificate, explanation; and what was decided
// stands until it is decided again.
func TestASpecialPrizeGoesFromTheRulesToItsCertificate(t *testing.T) {
	o := rewarded(t, 15)
	rules := strings.NewReader(withRules("", "") + specialRules)
	if _, err := o.RuleBook().LoadRules(t.Context(), rules, true); err != nil {
		t.Fatal(err)
	}
	list, err := o.Awards().ListAwards(t.Context())
	must(t, err)
	if got := special(t, must1(o.Awards().Honours(t.Context())).Specials, "全场最佳"); len(got) > 0 {
		t.Errorf("%v have a prize that was never decided", got)
	}
	board := must1(o.Awards().AwardBoard(t.Context()))
	best := special(t, board.Specials, "全场最佳")
	if len(best) == 0 || board.Pending < len(best) {
		t.Errorf("%v would get it, %d are pending", best, board.Pending)
	}
	if !stale(t, o) {
		t.Error("awards without the new prizes are not called stale")
	}
	for _, a := range list {
		if slices.Contains(best, a.Work) != (a.Official == best0(list)) {
			t.Errorf("%s with %v: %v", a.Work, a.Official, best)
		}
	}
	_, err = nominate(t, o, list[1].Work, "全场最佳")
	wantCode(t, err, judging.Invalid, "awards.unknown_special")
	u, err := nominate(t, o, list[1].Work, "最佳新人奖")
	must(t, err)
	_, err = nominate(t, o, list[2].Work, "最佳新人奖")
	wantCode(t, err, judging.Clash, "awards.special_full")
	if _, err = nominate(t, o, list[1].Work, "最佳新人奖"); err != nil {
		t.Errorf("the same work again: %v", err)
	}
	must(t, o.Awards().RecallRuling(t.Context(), u.ID, "重复"))
	_, err = o.Awards().DecideAwards(t.Context(), false)
	must(t, err)
	honours := must1(o.Awards().Honours(t.Context()))
	if got := special(t, honours.Specials, "最佳新人奖"); !slices.Equal(got, []judging.WorkID{list[1].Work}) {
		t.Errorf("nominated is %s, got it %v", list[1].Work, got)
	}
	if must1(o.Awards().AwardBoard(t.Context())).Pending != 0 {
		t.Error("what was just decided is pending")
	}
	if stale(t, o) {
		t.Error("what was just decided is called stale")
	}
	certified(t, o, list[1].Work, honours)
	toldAbove(t, o, list[1].Work)
}

// toldAbove checks that an office above learns of a special prize with the award, that a work with a special prize
// alone can go up, last of all, and that papers that say what holds are not called overtaken.
func toldAbove(t *testing.T, o *office.Office, nominated judging.WorkID) {
	t.Helper()
	for _, d := range must1(o.Report().DueDocuments(t.Context())) {
		if d.Document == report.DueCertificate {
			t.Errorf("called overtaken: %+v", d)
		}
	}
	honours := func() map[judging.WorkID]string {
		out := map[judging.WorkID]string{}
		for _, w := range must1(o.Report().PlanBatch(t.Context(), superior.City, nil)).Works {
			out[w.Work] = w.Honours
		}
		return out
	}
	if got := honours()[nominated]; !strings.HasSuffix(got, "奖、最佳新人奖") && !strings.HasSuffix(got, "、全场最佳、最佳新人奖") {
		t.Errorf("reported as %q", got)
	}
	for _, p := range must1(o.Results().Rank(t.Context())) {
		if _, won := honours()[p.Work]; won || p.Place == 0 {
			continue
		}
		all := must1(o.Awards().AwardBoard(t.Context())).Rulings
		for _, u := range all {
			if u.Award == "最佳新人奖" {
				must(t, o.Awards().RecallRuling(t.Context(), u.ID, "换一件"))
			}
		}
		_, err := nominate(t, o, p.Work, "最佳新人奖")
		must(t, err)
		_, err = o.Awards().DecideAwards(t.Context(), false)
		must(t, err)
		plan := must1(o.Report().PlanBatch(t.Context(), superior.City, nil)).Works
		last := plan[len(plan)-1]
		if last.Work != p.Work || last.Honours != "最佳新人奖" || last.Award != "" {
			t.Errorf("a special prize alone: %+v", last)
		}
		overtaken := slices.ContainsFunc(must1(o.Report().DueDocuments(t.Context())), func(d report.Due) bool {
			return d.Document == report.DueCertificate && d.Work == nominated && d.Now.Award == ""
		})
		if !overtaken {
			t.Error("the certificate of a prize that went to another work still holds")
		}
		return
	}
	t.Fatal("every work has an award")
}

// stale reports whether the decided awards are an open point.
func stale(t *testing.T, o *office.Office) bool {
	t.Helper()
	points := must1(o.OpenPoints(t.Context()))
	return slices.ContainsFunc(points, func(p office.Point) bool { return p.Kind == "awards_stale" })
}

func best0(list []awards.Award) (most float64) {
	for _, a := range list {
		most = max(most, a.Official)
	}
	return most
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// certified checks the papers: each award has a certificate, a special prize one of its own under its own number.
func certified(t *testing.T, o *office.Office, nominated judging.WorkID, honours awards.Honours) {
	t.Helper()
	dir := t.TempDir()
	request := report.CertificateRequest{
		Out: filepath.Join(dir, "each"), Each: true, List: filepath.Join(dir, "l.xlsx"),
		Works: []judging.WorkID{nominated},
	}
	made, err := o.Report().PrintCertificates(t.Context(), request, words(t))
	must(t, err)
	want := 1
	for _, h := range honours.Specials {
		for _, s := range h.Works {
			if s.Work == nominated {
				want++
			}
		}
	}
	if made.Certificates != want {
		t.Errorf("%d certificates of %s, want %d", made.Certificates, nominated, want)
	}
	text := packedText(t, request.List)
	if numbers := strings.Count(text, "〔2020〕第"); !strings.Contains(text, "最佳新人奖") || numbers != want {
		t.Errorf("%d numbers in the list for the printer: %s", numbers, text)
	}
	public := filepath.Join(dir, "公示.docx")
	_, err = o.Notices().ReportNotice(t.Context(), public, words(t))
	must(t, err)
	text = packedText(t, public)
	for _, want := range []string{"全场最佳名单", "最佳新人奖名单"} {
		if !strings.Contains(text, want) {
			t.Errorf("the public is not told of %s", want)
		}
	}
	e, err := o.Awards().ExplainWork(t.Context(), string(nominated))
	must(t, err)
	if !slices.ContainsFunc(e.Sentences, func(r results.Remark) bool { return r.Text == "analysis.say_special" }) {
		t.Errorf("why is not said: %+v", e.Sentences)
	}
}
