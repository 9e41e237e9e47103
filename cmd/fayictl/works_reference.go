package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// referenceCommands are the commands for works of other contests with which new ones are compared.
var referenceCommands = []declaration{referenceAdd, referenceList, referenceDrop}

// referenceAdd takes former works in, from a contest or from a folder of files.
func referenceAdd(cmd *command) handler {
	cmd.use("works reference add CONTEST SOURCE", "works reference add 2020.fayi 2019.fayi --set 2019")
	var req intake.ReferenceRequest
	cmd.strVar(&req.Set, "set", "NAME", "flag.reference_set")
	return func(c *call, args []string) (result, error) {
		add := func(o *office.Office) (result, error) {
			bar := c.bar("cli.comparing")
			r, err := o.Duplicates().AddReferences(c.ctx, req, bar.step)
			bar.done()
			if err != nil {
				return result{}, err
			}
			return answer(r, func(pr *printer) {
				for _, s := range r.Skipped {
					fmt.Fprintf(pr.err, "%s: %s\n", s.Path, pr.text.T(s.Text, s.Args))
				}
				pr.say("cli.references_added", judging.Args{"Set": r.Set, "Added": r.Added, "Known": r.Known,
					"Skipped": len(r.Skipped)})
			})
		}
		if req.Path = args[1]; !isContest(args[1]) {
			return c.with(args[0], add)
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			return c.with(args[1], func(from *office.Office) (result, error) {
				works := from.Intake()
				req.From = &works
				return add(o)
			})
		})
	}
}

func isContest(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "contest.db"))
	return err == nil
}

func referenceList(cmd *command) handler {
	cmd.use("works reference list CONTEST", "works reference list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Duplicates().References(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("name", "works")}
			for _, s := range all {
				rows = append(rows, []string{s.Set, fmt.Sprint(s.Works)})
			}
			pr.table(rows)
		})
	})
}

func referenceDrop(cmd *command) handler {
	cmd.use("works reference drop CONTEST", "works reference drop 2020.fayi --set 2019")
	set := cmd.must("set", "NAME", "flag.reference_set")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Duplicates().DropReferences(c.ctx, *set)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"set": *set, "works": n}, func(pr *printer) {
			pr.say("cli.references_dropped", judging.Args{"Set": *set, "N": n})
		})
	})
}
