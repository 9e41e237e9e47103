package intake

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// worksDuplicates searches, or lists what the last search found, or keeps a decision on a pair.
func worksDuplicates(cmd *command.Command) command.Handler {
	cmd.Use("works duplicates CONTEST", "works duplicates 2020.fayi")
	list := cmd.Yes("list", "flag.list_known")
	decide := cmd.Str("decide", "same_work|not_same|copied|none", "flag.decide")
	pair := cmd.Str("pair", "PAIR", "flag.pair")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	side := cmd.Num("side", "1|2", "flag.side", 0)
	out := cmd.Str("out", "FILE", "flag.out")
	cmd.Limit(command.AllOrNone, "side", "out")
	cmd.Limit(command.AtMostOne, "decide", "out")
	return func(c *command.Call, args []string) (command.Result, error) {
		if *pair == "" && (*decide != "" || *out != "") {
			return command.Result{}, cmd.Misused("cli.missing_flags", judging.Args{"Flags": "--pair"})
		}
		if *out != "" && (*side < 1 || *side > 2) {
			return command.Result{}, cmd.Misused("cli.bad_choice", judging.Args{"Flag": "--side", "Value": *side,
				"Choices": "1, 2"})
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			switch {
			case *decide != "":
				return decideDuplicate(c, o, *pair, *decide, *reason)
			case *out != "":
				return saveSide(c, o, *pair, *side-1, *out)
			case *pair != "":
				return showDuplicate(c, o, *pair)
			}
			return listDuplicates(c, o, *list)
		})
	}
}

// listDuplicates searches, unless only what is known already is asked for.
func listDuplicates(c *command.Call, o *office.Office, known bool) (all command.Result, err error) {
	var found []judging.Duplicate
	if known {
		found, err = o.Duplicates().ListDuplicates(c.Ctx)
	} else {
		bar := c.Bar("cli.comparing")
		found, err = o.Duplicates().FindDuplicates(c.Ctx, bar.Step)
		bar.Done()
	}
	return command.NewResult(duplicatesJSON(found), func(pr *command.Printer) {
		printDuplicates(pr, found)
	}).Unless(err)
}

// decideDuplicate keeps a decision; "none" takes it back.
func decideDuplicate(c *command.Call, o *office.Office, pair, verdict, reason string) (command.Result, error) {
	v := judging.DuplicateVerdict(verdict)
	if verdict == "none" {
		v = ""
	}
	if err := o.Duplicates().DecideDuplicate(c.Ctx, pair, v, reason); err != nil {
		return command.Result{}, err
	}
	return command.Answer(map[string]any{"pair": pair, "decision": v}, func(pr *command.Printer) {
		pr.Say("cli.pair_decided", judging.Args{"Pair": pair})
	})
}

// showDuplicate prints both sides of a pair and the passages that their texts have in common.
func showDuplicate(c *command.Call, o *office.Office, pair string) (command.Result, error) {
	v, err := o.Duplicates().ShowDuplicate(c.Ctx, pair)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(v, func(pr *command.Printer) {
		for _, s := range v.Sides {
			pr.Line("%s", strings.Join([]string{s.ID, string(s.Code), s.From, s.Title,
				strings.Join(s.Authors, "、"), s.Unit}, "  "))
		}
		for _, p := range v.Common {
			pr.Line("  %s", v.Sides[0].Text[p.A[0]:p.A[1]])
		}
	})
}

// saveSide writes what can be seen of one side to path.
func saveSide(c *command.Call, o *office.Office, pair string, side int, path string) (command.Result, error) {
	in, err := o.Duplicates().OpenDuplicate(c.Ctx, pair, side)
	if err != nil {
		return command.Result{}, err
	}
	return saveStream(in, path)
}

// duplicateJSON is the stable form of a pair.
type duplicateJSON struct {
	Pair       string                   `json:"pair"`
	Works      [2]string                `json:"works"`
	Reason     judging.DuplicateReason  `json:"reason"`
	Similarity float64                  `json:"similarity"`
	Turned     bool                     `json:"turned"`
	Reference  string                   `json:"reference"`
	Decision   judging.DuplicateVerdict `json:"decision"`
	Why        string                   `json:"why"`
}

func duplicatesJSON(all []judging.Duplicate) []duplicateJSON {
	out := []duplicateJSON{}
	for _, d := range all {
		out = append(out, duplicateJSON{d.ID(), d.Works, d.Reason, d.Similarity, d.Turned, d.From, d.Verdict.Verdict,
			d.Verdict.Why})
	}
	return out
}

func printDuplicates(pr *command.Printer, all []judging.Duplicate) {
	rows := [][]string{pr.Head("pair", "why", "likeness", "title", "title", "decision")}
	for _, d := range all {
		decided := ""
		if d.Verdict.Verdict != "" {
			decided = strings.TrimSpace(pr.Text.T("duplicates.verdict_"+string(d.Verdict.Verdict),
				nil) + " " + d.Verdict.Why)
		}
		rows = append(rows, []string{d.ID(), pr.Text.T("duplicates."+string(d.Reason), nil),
			fmt.Sprintf("%.0f%%", 100*d.Similarity),
			d.Titles[0] + " · " + d.Authors[0], strings.TrimSpace(d.From + " " + d.Titles[1] + " · " + d.Authors[1]),
			decided})
	}
	pr.Table(rows)
	pr.Say("cli.pairs_found", judging.Args{"N": len(all)})
}
