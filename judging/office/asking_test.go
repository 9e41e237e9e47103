package office_test

import (
	"bytes"
	"strings"
	"testing"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/rules"
	"fayi/judging/store"
)

// asking is what a rule file may ask beyond marks, in place of the lines of the bundled one.
var asking = strings.NewReplacer(
	`ties = ["all_scores", `, `ties = ["rank_sum", "median", "trimmed_criteria", "senior", "firsts", "all_scores", `,
	"\n[combine]", "\nfeedback = \"comments\"\n\n[combine]",
)

// The programs before this one read rules in a table of version 1.
func TestOlderProgramsRefuseRulesThatTheyKnowNothingOf(t *testing.T) {
	older := store.NewTable("rules", 1, func(r *judging.Rules) string { return judging.Serial("v", 6, r.Version) })
	cfg := config(t)
	plain, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), cfg, "法治文化作品征集", "示例县司法局", plain)
	if err != nil {
		t.Fatal(err)
	}
	read := func(version int) error {
		return cfg.DB.View(t.Context(), func(tx store.Tx) error {
			_, err := older.Get(tx, judging.Serial("v", 6, version))
			return err
		})
	}
	if err := read(1); err != nil {
		t.Errorf("plain rules: %v", err)
	}
	asks := plain
	asks.Ties = append([]judging.TieStep{judging.TieMedian}, plain.Ties...)
	now, err := o.RuleBook().SaveRules(t.Context(), asks, true)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, read(now.Version), judging.Corrupt, "store.newer_format")
	if got, err := o.Rules(t.Context()); err != nil || got.Ties[0] != judging.TieMedian {
		t.Errorf("%v, %v", got.Ties, err)
	}
	now, err = o.RuleBook().SaveRules(t.Context(), plain, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := read(now.Version); err != nil {
		t.Errorf("plain rules again: %v", err)
	}
}

func TestRulesThatAskMoreSurviveExportAndLoading(t *testing.T) {
	text := asking.Replace(string(rubrics.LegalCulture))
	text = strings.Replace(text, "scale = 100\nstep = 1\n", `scale = 100
step = 1
least = 60
most = 95
comment = { when = "below", at = 70 }
vetoes = [{ flag = "copied", judges = 2 }]
`, 1)
	text = strings.Replace(text, "weight = 20, ", `weight = 20, least = 1, comment = { when = "above", at = 0 }, `, 1)
	r, err := rules.ParseRules(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	n := r.Rubrics[0]
	if !r.Asks() || n.Least != 60 || n.Most != 95 || n.Comment.At != 70 || len(n.Vetoes) != 1 ||
		n.Criteria[0].Least != 1 || n.Criteria[0].Comment.When != "above" || r.Feedback != "comments" ||
		len(r.Ties) < 6 {
		t.Fatalf("%+v", r)
	}
	o := newOffice(t)
	saved, err := o.RuleBook().SaveRules(t.Context(), r, true)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	again, err := rules.ParseRules(&b)
	if err != nil || again.Hash() != saved.Hash() {
		t.Fatalf("%s is not %s, %v", again.Hash(), saved.Hash(), err)
	}
}
