package awards

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
)

// AwardsCommands are the commands of the noun awards, in the order of their work.
var AwardsCommands = []command.Declaration{
	command.Behind("decide", awardsDecide), awardsList, awardsBoard, awardsOverride, awardsWithhold, awardsDisqualify,
	awardsTie, awardsNominate, awardsRulings, awardsRecall, awardsHonours, awardsInfluence,
	command.Behind("notice", awardsPublish), awardsCorrectNotice, awardsNotice, awardsObject, awardsAnswer,
	awardsRetractAnswer, awardsRecallNotice, command.Behind("final", awardsFinal),
}

func awardsDecide(cmd *command.Command) command.Handler {
	cmd.Use("awards decide CONTEST", "awards decide 2020.fayi")
	early := cmd.Yes("early", "flag.early")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Awards().DecideAwards(c.Ctx, *early)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) { printDecisions(pr, all) })
	})
}

func printDecisions(pr *command.Printer, all []award.Decision) {
	total := 0
	for _, d := range all {
		total += len(d.Grants)
		for _, n := range d.Notes {
			pr.Say(n.Why, n.Args(strings.TrimSpace(d.Category+" "+d.Group)))
		}
	}
	pr.Say("cli.decided", judging.Args{"Lists": len(all), "Count": total})
}

func awardsList(cmd *command.Command) command.Handler {
	cmd.Use("awards list CONTEST", "awards list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Awards().ListAwards(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		decided, err := o.Awards().Decisions(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("category", "group", "award", "place", "title", "authors", "unit")}
			for _, a := range all {
				rows = append(rows, []string{a.Category, a.Group, a.Award, fmt.Sprint(a.Place), a.Title,
					strings.Join(a.Authors, "、"), a.Unit})
			}
			pr.Table(rows)
			printDecisions(pr, decided)
		})
	})
}
