package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// referenceAdd takes former works in, from a contest or from a folder of files.
func referenceAdd(c *call) error {
	fs := c.flags()
	var req intake.ReferenceRequest
	fs.StringVar(&req.Set, "set", "", "")
	args, err := c.parse(fs, 2, 2)
	if err != nil {
		return err
	}
	add := func(o *office.Office) error {
		bar := c.bar("cli.comparing")
		r, err := o.Intake().AddReferences(c.ctx, req, bar.step)
		bar.done()
		if err != nil {
			return err
		}
		return c.answer(r, func() {
			for _, s := range r.Skipped {
				fmt.Fprintf(c.err, "%s: %s\n", s.Path, c.text.T(s.Text, s.Args))
			}
			c.say("cli.references_added", judging.Args{"Set": r.Set, "Added": r.Added, "Known": r.Known, "Skipped": len(r.Skipped)})
		})
	}
	if req.Path = args[1]; !isContest(args[1]) {
		return c.with(args[0], add)
	}
	return c.with(args[0], func(o *office.Office) error {
		return c.with(args[1], func(from *office.Office) error {
			works := from.Intake()
			req.From = &works
			return add(o)
		})
	})
}

func isContest(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "contest.db"))
	return err == nil
}

func referenceList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Intake().References(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("name", "works")}
			for _, s := range all {
				rows = append(rows, []string{s.Set, fmt.Sprint(s.Works)})
			}
			c.table(rows)
		})
	})
}

func referenceDrop(c *call) error {
	fs := c.flags()
	set := fs.String("set", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *set == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		n, err := o.Intake().DropReferences(c.ctx, *set)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"set": *set, "works": n}, func() { c.say("cli.references_dropped", judging.Args{"Set": *set, "N": n}) })
	})
}
