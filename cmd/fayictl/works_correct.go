package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// correctionCommands are the commands that correct what a list says of a work.
var correctionCommands = []declaration{worksCorrect, worksCorrections, worksHistory}

// worksCorrect puts fields of works right, takes a correction back or makes it again.
func worksCorrect(cmd *command) handler {
	cmd.use("works correct CONTEST", "works correct 2020.fayi --work w000012 --set authors=张壹 --reason 公示期间更正")
	var fix correction.Correction
	works := cmd.many("work", "W", "flag.correct_work")
	sets := cmd.many("set", "FIELD=VALUE", "flag.correct_set")
	cmd.strVar(&fix.Reason, "reason", "REASON", "flag.correct_reason")
	cmd.yesVar(&fix.DryRun, "dry-run", "flag.correct_dry")
	cmd.yesVar(&fix.Skip, "skip", "flag.correct_skip")
	undo := cmd.yes("undo", "flag.correct_undo")
	redo := cmd.yes("redo", "flag.correct_redo")
	act := cmd.str("act", "ACT", "flag.correct_act")
	cmd.limit(exactlyOne, "work", "undo", "redo")
	return func(c *call, args []string) (result, error) {
		set, err := readFields(cmd, *sets)
		if err != nil {
			return result{}, err
		}
		fix.Works, fix.Set = *works, set
		return c.with(args[0], func(o *office.Office) (result, error) {
			switch {
			case *undo:
				r, err := o.Corrections().UndoCorrection(c.ctx, *act, fix.Reason)
				return corrected(r, err, "cli.correction_undone")
			case *redo:
				r, err := o.Corrections().RedoCorrection(c.ctx, fix.Reason)
				return corrected(r, err, "cli.correction_redone")
			}
			r, err := o.Corrections().CorrectWorks(c.ctx, fix)
			if fix.DryRun {
				return corrected(r, err, "cli.would_correct")
			}
			return corrected(r, err, "cli.corrected")
		})
	}
}

// worksCorrections lists what was put right, newest first.
func worksCorrections(cmd *command) handler {
	cmd.use("works corrections CONTEST", "works corrections 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Corrections().ListCorrections(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("act", "at", "by", "works", "field", "reason", "undone")}
			for _, a := range all.Acts {
				var fields []string
				for _, f := range a.Fields {
					fields = append(fields, fieldName(pr, f))
				}
				rows = append(rows, []string{a.Act, a.At.Local().Format("2006-01-02 15:04"), a.By, fmt.Sprint(a.Works),
					strings.Join(fields, "、"), a.Reason, a.Undone})
			}
			pr.table(rows)
		})
	})
}

// readFields reads FIELD=VALUE pairs; a field may be named as it is stored or as the language at hand calls it.
func readFields(cmd *command, pairs []string) (map[string]string, error) {
	set := map[string]string{}
	for _, pair := range pairs {
		field, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, cmd.misused("cli.bad_pair", judging.Args{"Flag": "--set", "Value": field})
		}
		field = judging.Tidy(field)
		for _, known := range judging.CorrectableFields {
			if field == fieldLabel(cmd.text.T, known) {
				field = known
			}
		}
		set[field] = value
	}
	return set, nil
}

// fieldLabel is what a language calls a field.
func fieldLabel(text func(string, map[string]any) string, field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	return text("field."+field, nil)
}

func corrected(r correction.Report, err error, done string) (result, error) {
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		for _, w := range r.Refused {
			fmt.Fprintf(pr.out, "× %s  %s\n", w.Work, pr.text.T(w.Text, w.Args))
		}
		if len(r.Works) == 0 {
			pr.say("cli.corrected_none", judging.Args{"Same": len(r.Same), "Refused": len(r.Refused)})
			return
		}
		for _, w := range r.Works {
			for _, ch := range w.Changes {
				fmt.Fprintf(pr.out, "~ %s  %s: %s → %s\n", w.Work, fieldName(pr, ch.Field), ch.Old, ch.New)
			}
		}
		pr.say(done, judging.Args{
			"Count": len(r.Works), "Act": r.Act, "Of": r.Of, "Same": len(r.Same), "Refused": len(r.Refused),
		})
		if len(r.Look) > 0 {
			pr.say("cli.look_again", judging.Args{"Count": len(r.Look)})
		}
		for _, d := range r.Reissue {
			pr.say("cli.reissue", judging.Args{"Kind": pr.text.T("cli.reissue_"+d.Kind, nil), "Name": d.Name,
				"Work": d.Work})
		}
	})
}

// worksHistory lists what was changed of a work.
func worksHistory(cmd *command) handler {
	cmd.use("works history CONTEST", "works history 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Corrections().WorkHistory(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("at", "by", "field", "before", "after", "reason", "act")}
			for _, r := range all {
				for _, ch := range r.Changes {
					rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), r.By,
						fieldName(pr, ch.Field), ch.Old, ch.New, r.Reason, r.Act})
				}
			}
			pr.table(rows)
		})
	})
}
