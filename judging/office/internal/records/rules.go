package records

import (
	"context"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// RuleSheet returns the rules in force as they were written.
func RuleSheet(tx store.Tx) (judging.Rules, error) {
	version, err := Last(tx, "rules")
	if err != nil {
		return judging.Rules{}, err
	}
	rules, err := RuleBook.Get(tx, judging.Serial("v", 6, version))
	if rules.Edition == 0 && rules.Official == judging.Hier {
		rules.Official = judging.Hier1
	}
	return rules, err
}

// PutRules writes a rule sheet, whose words are today's. One that says what older programs know nothing of bears a
// version that they refuse to read: they would judge by less than it says.
func PutRules(tx store.Tx, rules judging.Rules) error {
	rules.Edition = 1
	switch {
	case rules.Optional(), rules.Whole():
		return RuleBook.Put(tx, rules)
	case rules.Audience != nil || terms.SpecialsHear(rules.Specials):
		return heardRules.Put(tx, rules)
	case rules.Swears():
		return pledgeRules.Put(tx, rules)
	case rules.Votes():
		return voteRules.Put(tx, rules)
	case rules.Asks():
		return termRules.Put(tx, rules)
	}
	return plainRules.Put(tx, rules)
}

// RulesIn returns the rules in force as they hold in a round.
func RulesIn(tx store.Tx, round judging.Round) (judging.Rules, error) {
	rules, err := RuleSheet(tx)
	return rules.In(round), err
}

// LoadRules returns the rules in force as they hold in the present round.
func LoadRules(tx store.Tx) (judging.Rules, error) {
	c, err := LoadContest(tx)
	if err != nil {
		return judging.Rules{}, err
	}
	return RulesIn(tx, c.Round)
}

// Rules returns the rules now in force.
func (o *Records) Rules(ctx context.Context) (judging.Rules, error) {
	return View(ctx, o.DB, RuleSheet)
}
