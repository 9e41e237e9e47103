package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// worksDuplicates searches, or lists what the last search found, or keeps a decision on a pair.
func worksDuplicates(cmd *command) handler {
	cmd.use("works duplicates CONTEST", "works duplicates 2020.fayi")
	list := cmd.yes("list", "flag.list_known")
	decide := cmd.str("decide", "same_work|not_same|copied|none", "flag.decide")
	pair := cmd.str("pair", "PAIR", "flag.pair")
	reason := cmd.str("reason", "REASON", "flag.reason")
	side := cmd.num("side", "1|2", "flag.side", 0)
	out := cmd.str("out", "FILE", "flag.out")
	cmd.limit(allOrNone, "side", "out")
	cmd.limit(atMostOne, "decide", "out")
	return func(c *call, args []string) (result, error) {
		if *pair == "" && (*decide != "" || *out != "") {
			return result{}, cmd.misused("cli.missing_flags", judging.Args{"Flags": "--pair"})
		}
		if *out != "" && (*side < 1 || *side > 2) {
			return result{}, cmd.misused("cli.bad_choice", judging.Args{"Flag": "--side", "Value": *side,
				"Choices": "1, 2"})
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
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
func listDuplicates(c *call, o *office.Office, known bool) (all result, err error) {
	var found []judging.Duplicate
	if known {
		found, err = o.Duplicates().ListDuplicates(c.ctx)
	} else {
		bar := c.bar("cli.comparing")
		found, err = o.Duplicates().FindDuplicates(c.ctx, bar.step)
		bar.done()
	}
	return newResult(duplicatesJSON(found), func(pr *printer) { printDuplicates(pr, found) }).unless(err)
}

// decideDuplicate keeps a decision; "none" takes it back.
func decideDuplicate(c *call, o *office.Office, pair, verdict, reason string) (result, error) {
	v := judging.DuplicateVerdict(verdict)
	if verdict == "none" {
		v = ""
	}
	if err := o.Duplicates().DecideDuplicate(c.ctx, pair, v, reason); err != nil {
		return result{}, err
	}
	return answer(map[string]any{"pair": pair, "decision": v}, func(pr *printer) {
		pr.say("cli.pair_decided", judging.Args{"Pair": pair})
	})
}

// showDuplicate prints both sides of a pair and the passages that their texts have in common.
func showDuplicate(c *call, o *office.Office, pair string) (result, error) {
	v, err := o.Duplicates().ShowDuplicate(c.ctx, pair)
	if err != nil {
		return result{}, err
	}
	return answer(v, func(pr *printer) {
		for _, s := range v.Sides {
			fmt.Fprintln(pr.out, strings.Join([]string{s.ID, string(s.Code), s.From, s.Title,
				strings.Join(s.Authors, "、"), s.Unit}, "  "))
		}
		for _, p := range v.Common {
			fmt.Fprintf(pr.out, "  %s\n", v.Sides[0].Text[p.A[0]:p.A[1]])
		}
	})
}

// saveSide writes what can be seen of one side to path.
func saveSide(c *call, o *office.Office, pair string, side int, path string) (result, error) {
	in, err := o.Duplicates().OpenDuplicate(c.ctx, pair, side)
	if err != nil {
		return result{}, err
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

func printDuplicates(pr *printer, all []judging.Duplicate) {
	rows := [][]string{pr.head("pair", "why", "likeness", "title", "title", "decision")}
	for _, d := range all {
		decided := ""
		if d.Verdict.Verdict != "" {
			decided = strings.TrimSpace(pr.text.T("duplicates.verdict_"+string(d.Verdict.Verdict),
				nil) + " " + d.Verdict.Why)
		}
		rows = append(rows, []string{d.ID(), pr.text.T("duplicates."+string(d.Reason), nil),
			fmt.Sprintf("%.0f%%", 100*d.Similarity),
			d.Titles[0] + " · " + d.Authors[0], strings.TrimSpace(d.From + " " + d.Titles[1] + " · " + d.Authors[1]),
			decided})
	}
	pr.table(rows)
	pr.say("cli.pairs_found", judging.Args{"N": len(all)})
}
