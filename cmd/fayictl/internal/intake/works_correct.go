package intake

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/correction"
)

// CorrectionCommands are the commands that correct what a list says of a work.
var CorrectionCommands = []command.Declaration{worksCorrect, worksCorrections, worksHistory}

// worksCorrect puts fields of works right, takes a correction back or makes it again.
func worksCorrect(cmd *command.Command) command.Handler {
	cmd.Use("works correct CONTEST", "works correct 2020.fayi --work w000012 --set authors=张壹 --reason 公示期间更正")
	var fix correction.Correction
	works := cmd.Many("work", "W", "flag.correct_work")
	cmd.StrVar(&fix.From, "from", "CATEGORY", "flag.correct_from")
	cmd.StrVar(&fix.Group, "group", "GROUP", "flag.correct_group")
	sets := cmd.Many("set", "FIELD=VALUE", "flag.correct_set")
	cmd.StrVar(&fix.Reason, "reason", "REASON", "flag.correct_reason")
	cmd.YesVar(&fix.DryRun, "dry-run", "flag.correct_dry")
	cmd.YesVar(&fix.Skip, "skip", "flag.correct_skip")
	undo := cmd.Yes("undo", "flag.correct_undo")
	redo := cmd.Yes("redo", "flag.correct_redo")
	act := cmd.Str("act", "ACT", "flag.correct_act")
	cmd.Limit(command.ExactlyOne, "work", "from", "undo", "redo")
	return func(c *command.Call, args []string) (command.Result, error) {
		set, err := readFields(cmd, *sets)
		if err != nil {
			return command.Result{}, err
		}
		fix.Works, fix.Set = *works, set
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			switch {
			case *undo:
				r, err := o.Corrections().UndoCorrection(c.Ctx, *act, fix.Reason)
				return corrected(r, err, "cli.correction_undone")
			case *redo:
				r, err := o.Corrections().RedoCorrection(c.Ctx, fix.Reason)
				return corrected(r, err, "cli.correction_redone")
			}
			r, err := o.Corrections().CorrectWorks(c.Ctx, fix)
			if fix.DryRun {
				return corrected(r, err, "cli.would_correct")
			}
			return corrected(r, err, "cli.corrected")
		})
	}
}

// worksCorrections lists what was put right, newest first.
func worksCorrections(cmd *command.Command) command.Handler {
	cmd.Use("works corrections CONTEST", "works corrections 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Corrections().ListCorrections(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("act", "at", "by", "works", "field", "reason", "undone")}
			for _, a := range all.Acts {
				var fields []string
				for _, f := range a.Fields {
					fields = append(fields, pr.FieldName(f))
				}
				rows = append(rows, []string{a.Act, a.At.Local().Format("2006-01-02 15:04"), a.By, fmt.Sprint(a.Works),
					strings.Join(fields, "、"), a.Reason, a.Undone})
			}
			pr.Table(rows)
		})
	})
}

// readFields reads FIELD=VALUE pairs; a field may be named as it is stored or as the language at hand calls it.
func readFields(cmd *command.Command, pairs []string) (map[string]string, error) {
	set := map[string]string{}
	for _, pair := range pairs {
		field, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, cmd.Misused("cli.bad_pair", judging.Args{"Flag": "--set", "Value": field})
		}
		field = judging.Tidy(field)
		for _, known := range judging.CorrectableFields {
			if field == fieldLabel(cmd.Text.T, known) {
				field = known
			}
		}
		set[field] = value
	}
	return set, nil
}

// fieldLabel is what a language calls a field.
func fieldLabel(text func(string, map[string]any) string, field string) string {
	return text(command.FieldKey(field), nil)
}

func corrected(r correction.Report, err error, done string) (command.Result, error) {
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		for _, w := range r.Refused {
			pr.Line("× %s  %s", w.Work, pr.Text.T(w.Text, w.Args))
		}
		if len(r.Works) == 0 {
			pr.Say("cli.corrected_none", judging.Args{"Same": len(r.Same), "Refused": len(r.Refused)})
			return
		}
		for _, w := range r.Works {
			for _, ch := range w.Changes {
				pr.Line("~ %s  %s: %s → %s", w.Work, pr.FieldName(ch.Field), ch.Old, ch.New)
			}
		}
		pr.Say(done, judging.Args{
			"Count": len(r.Works), "Act": r.Act, "Of": r.Of, "Same": len(r.Same), "Refused": len(r.Refused),
		})
		for _, l := range r.Lists {
			pr.Say("mend.list_move", l.Args())
		}
		if len(r.Look) > 0 {
			pr.Say("cli.look_again", judging.Args{"Count": len(r.Look)})
		}
		for _, d := range r.Reissue {
			pr.Say("cli.reissue", judging.Args{"Kind": pr.Text.T("cli.reissue_"+d.Kind, nil), "Name": d.Name,
				"Work": d.Work})
		}
	})
}

// worksHistory lists what was changed of a work.
func worksHistory(cmd *command.Command) command.Handler {
	cmd.Use("works history CONTEST", "works history 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Corrections().WorkHistory(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("at", "by", "field", "before", "after", "reason", "act")}
			for _, r := range all {
				for _, ch := range r.Changes {
					rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), r.By,
						pr.FieldName(ch.Field), ch.Old, ch.New, r.Reason, r.Act})
				}
			}
			pr.Table(rows)
		})
	})
}
