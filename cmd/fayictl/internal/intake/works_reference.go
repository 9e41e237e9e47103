package intake

import (
	"fayi/judging/office/duplicates"
	"fmt"
	"os"
	"path/filepath"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// ReferenceCommands are the commands for works of other contests with which new ones are compared.
var ReferenceCommands = []command.Declaration{referenceAdd, referenceList, referenceDrop}

// referenceAdd takes former works in, from a contest or from a folder of files.
func referenceAdd(cmd *command.Command) command.Handler {
	cmd.Use("works reference add CONTEST SOURCE", "works reference add 2020.fayi 2019.fayi --set 2019")
	var req duplicates.ReferenceRequest
	cmd.StrVar(&req.Set, "set", "NAME", "flag.reference_set")
	return func(c *command.Call, args []string) (command.Result, error) {
		add := func(o *office.Office) (command.Result, error) {
			bar := c.Bar("cli.comparing")
			r, err := o.Duplicates().AddReferences(c.Ctx, req, bar.Step)
			bar.Done()
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) {
				for _, s := range r.Skipped {
					pr.Aside().Line("%s: %s", s.Path, pr.Text.T(s.Text, s.Args))
				}
				pr.Say("cli.references_added", judging.Args{"Set": r.Set, "Added": r.Added, "Known": r.Known,
					"Skipped": len(r.Skipped)})
			})
		}
		if req.Path = args[1]; !isContest(args[1]) {
			return c.With(args[0], add)
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			return c.With(args[1], func(from *office.Office) (command.Result, error) {
				works := from.Duplicates()
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

func referenceList(cmd *command.Command) command.Handler {
	cmd.Use("works reference list CONTEST", "works reference list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Duplicates().References(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("name", "works")}
			for _, s := range all {
				rows = append(rows, []string{s.Set, fmt.Sprint(s.Works)})
			}
			pr.Table(rows)
		})
	})
}

func referenceDrop(cmd *command.Command) command.Handler {
	cmd.Use("works reference drop CONTEST", "works reference drop 2020.fayi --set 2019")
	set := cmd.Must("set", "NAME", "flag.reference_set")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Duplicates().DropReferences(c.Ctx, *set)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"set": *set, "works": n}, func(pr *command.Printer) {
			pr.Say("cli.references_dropped", judging.Args{"Set": *set, "N": n})
		})
	})
}
