package parcel

import (
	"io"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/office"
	"fayi/judging/parcel"
	"fayi/judging/superior"
)

// Commands are the commands of collecting that this package has.
var Commands = []command.Declaration{collectPage}

func collectPage(cmd *command.Command) command.Handler {
	cmd.Use("collect page CONTEST", "collect page 2020.fayi --out 报送助手.html --deadline 2020年9月30日")
	out := cmd.Must("out", "FILE.html", "flag.out")
	unit := cmd.Str("unit", "NAME", "flag.unit")
	deadline := cmd.Str("deadline", "WORDS", "flag.page_deadline")
	naming := cmd.Str("naming", "WORDS", "flag.naming")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		contest, err := o.Contest(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		rules, err := o.Rules(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		terms, err := o.Collect().Terms(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		page, err := parcel.Page(contest, rules, parcel.Request{
			Unit: *unit, Deadline: *deadline, Naming: superior.Naming(*naming),
			Mark: kitmark.Of(rules, terms.Deadline, c.Now()),
		})
		if err != nil {
			return command.Result{}, err
		}
		err = command.Save(*out, func(w io.Writer) error {
			_, err := w.Write(page)
			return err
		})
		if err != nil {
			return command.Result{}, err
		}
		doc := map[string]any{"path": *out, "bytes": len(page), "rules": rules.Version}
		return command.Answer(doc, func(pr *command.Printer) {
			pr.Say("cli.written", judging.Args{"Path": *out})
		})
	})
}
