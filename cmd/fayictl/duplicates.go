package main

import (
	"context"
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// worksDuplicates searches, or lists what the last search found, or keeps a decision on a pair.
func worksDuplicates(c *call) error {
	fs := c.flags()
	list := fs.Bool("list", false, "")
	decide := fs.String("decide", "", "")
	pair := fs.String("pair", "", "")
	reason := fs.String("reason", "", "")
	side := fs.Int("side", 0, "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if *decide != "" && *pair == "" || (*out == "") != (*side < 1 || *side > 2) {
		return c.misused("")
	}
	return c.with(args[0], func(o *office.Office) error {
		switch {
		case *decide != "":
			return c.decideDuplicate(o, *pair, *decide, *reason)
		case *out != "":
			return c.saveSide(o, *pair, *side-1, *out)
		case *pair != "":
			return c.showDuplicate(o, *pair)
		}
		find := o.Intake().Duplicates
		bar := c.bar("cli.comparing")
		if !*list {
			find = func(ctx context.Context) ([]judging.Duplicate, error) {
				return o.Intake().FindDuplicates(ctx, bar.step)
			}
		}
		all, err := find(c.ctx)
		bar.done()
		if err != nil {
			return err
		}
		return c.answer(duplicatesJSON(all), func() { c.printDuplicates(all) })
	})
}

// decideDuplicate keeps a decision; "none" takes it back.
func (c *call) decideDuplicate(o *office.Office, pair, verdict, reason string) error {
	v := judging.DuplicateVerdict(verdict)
	if verdict == "none" {
		v = ""
	}
	if err := o.Intake().DecideDuplicate(c.ctx, pair, v, reason); err != nil {
		return err
	}
	return c.answer(map[string]any{"pair": pair, "decision": v}, func() { c.say("cli.pair_decided", judging.Args{"Pair": pair}) })
}

// showDuplicate prints both sides of a pair and the passages that their texts have in common.
func (c *call) showDuplicate(o *office.Office, pair string) error {
	v, err := o.Intake().ShowDuplicate(c.ctx, pair)
	if err != nil {
		return err
	}
	return c.answer(v, func() {
		for _, s := range v.Sides {
			fmt.Fprintln(c.out, strings.Join([]string{s.ID, string(s.Code), s.From, s.Title, strings.Join(s.Authors, "、"), s.Unit}, "  "))
		}
		for _, p := range v.Common {
			fmt.Fprintf(c.out, "  %s\n", v.Sides[0].Text[p.A[0]:p.A[1]])
		}
	})
}

// saveSide writes what can be seen of one side to path.
func (c *call) saveSide(o *office.Office, pair string, side int, path string) error {
	in, err := o.Intake().OpenDuplicate(c.ctx, pair, side)
	if err != nil {
		return err
	}
	return c.saveStream(in, path)
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
		out = append(out, duplicateJSON{d.ID(), d.Works, d.Reason, d.Similarity, d.Turned, d.From, d.Verdict.Verdict, d.Verdict.Why})
	}
	return out
}

func (c *call) printDuplicates(all []judging.Duplicate) {
	rows := [][]string{c.head("pair", "why", "likeness", "title", "title", "decision")}
	for _, d := range all {
		decided := ""
		if d.Verdict.Verdict != "" {
			decided = strings.TrimSpace(c.text.T("duplicates.verdict_"+string(d.Verdict.Verdict), nil) + " " + d.Verdict.Why)
		}
		rows = append(rows, []string{d.ID(), c.text.T("duplicates."+string(d.Reason), nil), fmt.Sprintf("%.0f%%", 100*d.Similarity),
			d.Titles[0] + " · " + d.Authors[0], strings.TrimSpace(d.From + " " + d.Titles[1] + " · " + d.Authors[1]), decided})
	}
	c.table(rows)
	c.say("cli.pairs_found", judging.Args{"N": len(all)})
}
