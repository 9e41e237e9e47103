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
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if (*decide == "") != (*pair == "") {
		return c.misused("")
	}
	return c.with(args[0], func(o *office.Office) error {
		if *decide != "" {
			return c.decideDuplicate(o, *pair, *decide, *reason)
		}
		find := o.Duplicates
		bar := c.bar("cli.comparing")
		if !*list {
			find = func(ctx context.Context) ([]judging.Duplicate, error) { return o.FindDuplicates(ctx, bar.step) }
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
	if err := o.DecideDuplicate(c.ctx, pair, v, reason); err != nil {
		return err
	}
	return c.answer(map[string]any{"pair": pair, "decision": v}, func() { c.say("cli.pair_decided", judging.Args{"Pair": pair}) })
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
