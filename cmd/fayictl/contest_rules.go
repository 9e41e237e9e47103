package main

import (
	"bytes"
	"fmt"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/rules"
)

func contestRules(cmd *command) handler {
	cmd.use("contest rules CONTEST", "contest rules 2020.fayi --out rules.toml")
	load := cmd.str("load", "FILE.toml", "flag.load")
	preview := cmd.str("preview", "FILE.toml", "flag.preview_rules")
	set := cmd.str("set", "'KEY=VALUE'", "flag.set_rule")
	accept := cmd.yes("accept", "flag.accept_rules")
	out := cmd.str("out", "FILE.toml", "flag.out")
	cmd.limit(atMostOne, "load", "preview", "set", "out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *load != "" {
			return loadRules(c, o, *load, *accept)
		}
		if *set != "" {
			return setRules(c, o, *set, *accept)
		}
		if *preview != "" {
			return previewRules(c, o, *preview)
		}
		return exportRules(c, o, *out)
	})
}

// exportRules writes the rules in force to path, or returns them when path is empty.
func exportRules(c *call, o *office.Office, path string) (result, error) {
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(c.ctx, &b); err != nil {
		return result{}, err
	}
	if path != "" {
		return saved(path, &b)
	}
	rules, err := o.Rules(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(map[string]any{"toml": b.String(), "rules": rules}, func(pr *printer) {
		fmt.Fprint(pr.out, b.String())
	})
}

func loadRules(c *call, o *office.Office, path string, accept bool) (result, error) {
	f, err := openInput(path)
	if err != nil {
		return result{}, err
	}
	defer f.Close()
	rules, err := o.RuleBook().LoadRules(c.ctx, f, accept)
	return rulesSaved(c, rules, err)
}

func rulesSaved(c *call, rules judging.Rules, err error) (result, error) {
	if err != nil {
		return result{}, err
	}
	return answer(map[string]any{"version": rules.Version, "hash": rules.Hash()}, func(pr *printer) {
		pr.say("cli.rules_loaded", judging.Args{"Version": rules.Version})
	})
}

// setRules changes single rules, written as in a rule file. What would change and is not accepted is reported, and
// nothing is changed.
func setRules(c *call, o *office.Office, text string, accept bool) (result, error) {
	next, err := o.Rules(c.ctx)
	if err == nil {
		next, err = rules.AmendRules(next, text)
	}
	if err != nil {
		return result{}, err
	}
	if !accept {
		e, err := o.RuleBook().WeighRules(c.ctx, next)
		if err != nil {
			return result{}, err
		}
		if e.Changes() {
			res, _ := tellEffect(c, e)
			return res, judging.Fail(judging.Clash, "rules.effect_unseen",
				judging.Args{"Places": len(e.Places), "Awards": len(e.Awards)})
		}
	}
	next, err = o.RuleBook().SaveRules(c.ctx, next, accept)
	return rulesSaved(c, next, err)
}

// previewRules says what the rules of a file would change.
func previewRules(c *call, o *office.Office, path string) (result, error) {
	f, err := openInput(path)
	if err != nil {
		return result{}, err
	}
	defer f.Close()
	e, err := o.RuleBook().PreviewRules(c.ctx, f)
	if err != nil {
		return result{}, err
	}
	return tellEffect(c, e)
}

func tellEffect(c *call, e awards.RuleEffect) (result, error) {
	return answer(e, func(pr *printer) {
		for _, p := range e.Places {
			pr.say("board.place_shift", judging.Args{"Work": p.Code, "Title": p.Title, "From": p.From, "To": p.To,
				"Was": p.OfficialWas, "Is": p.OfficialIs})
		}
		for _, a := range e.Awards {
			pr.say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title, "From": orNone(pr, a.From),
				"To": orNone(pr, a.To)})
		}
		pr.say("board.rule_effect", judging.Args{"Places": len(e.Places), "Awards": len(e.Awards), "Hash": e.Hash})
	})
}

// readRules reads a rule file, or the bundled one when path is empty.
func readRules(path string) (judging.Rules, error) {
	if path == "" {
		return rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	}
	f, err := openInput(path)
	if err != nil {
		return judging.Rules{}, err
	}
	defer f.Close()
	return rules.ParseRules(f)
}
