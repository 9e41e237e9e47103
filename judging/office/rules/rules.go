package rules

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"

	"github.com/BurntSushi/toml"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// maxRules is the largest rule file read, in bytes.
const maxRules = 1 << 20

// ParseRules reads a rule file in TOML. Errors: Invalid, saying the line of what can't be read, the names that are
// not known, or all that Rules.Check finds.
func ParseRules(r io.Reader) (judging.Rules, error) {
	var rules judging.Rules
	data, err := io.ReadAll(io.LimitReader(r, maxRules+1))
	if err != nil {
		return rules, judging.Fail(judging.Unavailable, "rules.unreadable", nil).Because(err)
	}
	if len(data) > maxRules {
		return rules, judging.Fail(judging.Invalid, "rules.too_big", judging.Args{"Max": maxRules >> 20})
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	meta, err := toml.Decode(string(data), &rules)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return judging.Rules{}, judging.Fail(judging.Invalid, "rules.syntax", judging.Args{
			"Line": syntax.Position.Line,
		}).Because(err)
	case err != nil:
		return judging.Rules{}, judging.Fail(judging.Invalid, "rules.syntax", judging.Args{"Line": 0}).Because(err)
	}
	problems := rules.Check()
	for _, key := range meta.Undecoded() {
		problems = append(problems, judging.Fail(judging.Invalid, "rules.unknown_key", judging.Args{
			"Name": key.String(),
		}))
	}
	if len(problems) > 0 {
		return judging.Rules{}, errors.Join(problems...)
	}
	return rules, nil
}

// ExportRules writes the rules as TOML, ready to be edited and loaded.
func (o Stage) ExportRules(ctx context.Context, w io.Writer) error {
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return err
	}
	enc := toml.NewEncoder(w)
	enc.Indent = ""
	return enc.Encode(rules)
}

// LoadRules puts new rules in force. Once scores were given, accept must say that what PreviewRules reports places
// and awards is known and wanted. Errors: as ParseRules; Clash for a change of places or awards not accepted;
// Closed once a plan is published, when scores would be counted by other rules than those announced to the judges
// (a category, its rubric or the number of scores has changed), or when the awards are final.
func (o Stage) LoadRules(ctx context.Context, r io.Reader, accept bool) (judging.Rules, error) {
	rules, err := ParseRules(r)
	if err != nil {
		return rules, err
	}
	return o.SaveRules(ctx, rules, accept)
}

// AmendRules returns old with what a piece of a rule file in TOML says in its place: "tie_at_cut = \"hold\"". Lists
// and tables are replaced as a whole. Errors: as ParseRules.
func AmendRules(old judging.Rules, text string) (judging.Rules, error) {
	var piece map[string]any
	if _, err := toml.Decode(text, &piece); err != nil {
		return judging.Rules{}, judging.Fail(judging.Invalid, "rules.syntax", judging.Args{"Line": 1}).Because(err)
	}
	var whole bytes.Buffer
	if err := toml.NewEncoder(&whole).Encode(old); err != nil {
		return judging.Rules{}, err
	}
	var all map[string]any
	if _, err := toml.Decode(whole.String(), &all); err != nil {
		return judging.Rules{}, err
	}
	maps.Copy(all, piece)
	whole.Reset()
	if err := toml.NewEncoder(&whole).Encode(all); err != nil {
		return judging.Rules{}, err
	}
	return ParseRules(&whole)
}

// SaveRules puts rules in force, as LoadRules does those of a file. Errors: as LoadRules; Invalid for all that
// Rules.Check finds.
func (o Stage) SaveRules(ctx context.Context, rules judging.Rules, accept bool) (judging.Rules, error) {
	effect, err := o.WeighRules(ctx, rules)
	if err != nil {
		return judging.Rules{}, err
	}
	if effect.Changes() && !accept {
		return rules, judging.Fail(judging.Clash, "rules.effect_unseen", judging.Args{
			"Places": len(effect.Places),
			"Awards": len(effect.Awards),
		})
	}
	err = o.rec.Change(ctx, records.Ruling, func(tx store.Tx) error {
		old, err := records.RuleSheet(tx)
		if err != nil {
			return err
		}
		if old.Version != effect.Version {
			return judging.Fail(judging.Clash, "awards.changed_meanwhile", nil)
		}
		if err := o.fitRules(tx, old, rules); err != nil {
			return err
		}
		rules.Version = old.Version + 1
		if err := records.Counters.Put(tx, records.Counter{Name: "rules", Last: rules.Version}); err != nil {
			return err
		}
		if err := records.PutRules(tx, rules); err != nil {
			return err
		}
		return o.rec.Log(tx, "contest.rules", judging.Serial("v", 6, rules.Version), old, rules)
	})
	return rules, err
}

// fitRules refuses rules under which works already in would lose their category, or scores their rubric.
func (o Stage) fitRules(tx store.Tx, old, next judging.Rules) error {
	for _, c := range old.Categories {
		if _, ok := next.Category(c.Name); ok {
			continue
		}
		ids, err := records.Works.IDsBy(tx, "category", c.Name)
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			return judging.Fail(judging.Clash, "rules.category_in_use", judging.Args{"Name": c.Name, "Count": len(ids)})
		}
	}
	if err := fitPanels(tx, next); err != nil {
		return err
	}
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	if err := fitCriteria(tx, c.Round, next); err != nil {
		return err
	}
	plan, err := records.PublishedPlan(tx, c.Round)
	if err != nil || plan == nil {
		return err
	}
	was, is := old.In(c.Round).Voting, next.In(c.Round).Voting
	if (was == nil) != (is == nil) || was != nil && *was != *is {
		return judging.Fail(judging.Closed, "rules.voting_in_use", nil)
	}
	for _, cat := range old.Categories {
		if !sameRubric(old.RubricOf(cat.Name), next.RubricOf(cat.Name)) {
			return judging.Fail(judging.Closed, "rules.rubric_in_use", judging.Args{"Name": cat.Name})
		}
	}
	return nil
}

// fitPanels refuses panels without one that a judge is in: the judge's scores would weigh otherwise unseen.
func fitPanels(tx store.Tx, next judging.Rules) error {
	if len(next.Panels) == 0 {
		return nil
	}
	return records.Judges.Each(tx, func(j judging.Judge) error {
		if _, ok := next.MatchPanel(j.Panel); !ok && j.Panel != "" {
			return judging.Fail(judging.Clash, "rules.panel_in_use", judging.Args{"Name": j.Panel})
		}
		return nil
	})
}

// fitCriteria refuses to combine each criterion where there are totals without marks: their works would go by another
// formula unseen.
func fitCriteria(tx store.Tx, last judging.Round, next judging.Rules) error {
	if !next.Combine.ByCriterion {
		return nil
	}
	for round := judging.Round(1); round <= last; round++ {
		err := records.EachScore(tx, round, func(s judging.Score) error {
			if s.Counts() && len(s.Now().Marks) == 0 {
				return judging.Fail(judging.Clash, "rules.totals_in_use", nil)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func sameRubric(a, b judging.Rubric) bool {
	if a.Scale != b.Scale || a.Step != b.Step || len(a.Criteria) != len(b.Criteria) || !a.SameTerms(b) {
		return false
	}
	for i := range a.Criteria {
		if a.Criteria[i].Name != b.Criteria[i].Name || a.Criteria[i].Weight != b.Criteria[i].Weight {
			return false
		}
	}
	return true
}
