package contest

import (
	"bytes"
	"strings"

	"fayi/assets/rubrics"
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/effect"
	"fayi/judging/office/rules"
)

func contestRules(cmd *command.Command) command.Handler {
	cmd.Use("contest rules CONTEST", "contest rules 2020.fayi --out rules.toml")
	load := cmd.Str("load", "FILE.toml", "flag.load")
	preview := cmd.Str("preview", "FILE.toml", "flag.preview_rules")
	set := cmd.Str("set", "'KEY=VALUE'", "flag.set_rule")
	accept := cmd.Yes("accept", "flag.accept_rules")
	out := cmd.Str("out", "FILE.toml", "flag.out")
	cmd.Limit(command.AtMostOne, "load", "preview", "set", "out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
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
func exportRules(c *command.Call, o *office.Office, path string) (command.Result, error) {
	var b bytes.Buffer
	if err := o.RuleBook().ExportRules(c.Ctx, &b); err != nil {
		return command.Result{}, err
	}
	if path != "" {
		return command.Saved(path, &b)
	}
	rules, err := o.Rules(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(map[string]any{"toml": b.String(), "rules": rules}, func(pr *command.Printer) {
		pr.Block(strings.TrimSuffix(b.String(), "\n"))
	})
}

func loadRules(c *command.Call, o *office.Office, path string, accept bool) (command.Result, error) {
	f, err := command.OpenInput(path)
	if err != nil {
		return command.Result{}, err
	}
	defer f.Close()
	rules, err := o.RuleBook().LoadRules(c.Ctx, f, accept)
	return rulesSaved(c, rules, err)
}

func rulesSaved(c *command.Call, rules judging.Rules, err error) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(map[string]any{"version": rules.Version, "hash": rules.Hash()}, func(pr *command.Printer) {
		pr.Say("cli.rules_loaded", judging.Args{"Version": rules.Version})
	})
}

// setRules changes single rules, written as in a rule file. What would change and is not accepted is reported, and
// nothing is changed.
func setRules(c *command.Call, o *office.Office, text string, accept bool) (command.Result, error) {
	next, err := o.Rules(c.Ctx)
	if err == nil {
		next, err = rules.AmendRules(next, text)
	}
	if err != nil {
		return command.Result{}, err
	}
	if !accept {
		e, err := o.RuleBook().WeighRules(c.Ctx, next)
		if err != nil {
			return command.Result{}, err
		}
		if e.Changes() {
			res, _ := tellEffect(c, e)
			return res, judging.Fail(judging.Clash, "rules.effect_unseen",
				judging.Args{"Places": len(e.Places), "Awards": len(e.Awards)})
		}
	}
	next, err = o.RuleBook().SaveRules(c.Ctx, next, accept)
	return rulesSaved(c, next, err)
}

// previewRules says what the rules of a file would change.
func previewRules(c *command.Call, o *office.Office, path string) (command.Result, error) {
	f, err := command.OpenInput(path)
	if err != nil {
		return command.Result{}, err
	}
	defer f.Close()
	e, err := o.RuleBook().PreviewRules(c.Ctx, f)
	if err != nil {
		return command.Result{}, err
	}
	return tellEffect(c, e)
}

func tellEffect(c *command.Call, e effect.RuleEffect) (command.Result, error) {
	return command.Answer(e, func(pr *command.Printer) {
		for _, p := range e.Places {
			pr.Say("board.place_shift", judging.Args{"Work": p.Code, "Title": p.Title, "From": p.From, "To": p.To,
				"Was": p.OfficialWas, "Is": p.OfficialIs})
		}
		for _, a := range e.Awards {
			pr.Say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title, "From": pr.OrNone(a.From),
				"To": pr.OrNone(a.To)})
		}
		for _, l := range e.Lists {
			for _, s := range l.Slots {
				if s.Part != nil {
					pr.Say("board.spread", s.Part.Args(s.Award, strings.TrimSpace(l.Category+" "+l.Group)))
				}
			}
		}
		for _, o := range e.Open {
			pr.Say("awards.spread_even", o.Args())
		}
		pr.Say("board.rule_effect", judging.Args{"Places": len(e.Places), "Awards": len(e.Awards), "Hash": e.Hash})
	})
}

// readRules reads a rule file, or the bundled one when path is empty.
func readRules(path string) (judging.Rules, error) {
	if path == "" {
		return rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	}
	f, err := command.OpenInput(path)
	if err != nil {
		return judging.Rules{}, err
	}
	defer f.Close()
	return rules.ParseRules(f)
}
