package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
)

// awardsCommands are the commands of the noun awards, in the order of their work.
var awardsCommands = []declaration{
	behind("decide", awardsDecide), awardsList, awardsBoard, awardsOverride, awardsWithhold, awardsDisqualify,
	awardsTie, awardsRulings, awardsRecall, awardsHonours, awardsInfluence, behind("notice", awardsPublish),
	awardsCorrectNotice, awardsNotice, awardsObject, awardsAnswer, awardsRetractAnswer, awardsRecallNotice,
	behind("final", awardsFinal),
}

func awardsDecide(cmd *command) handler {
	cmd.use("awards decide CONTEST", "awards decide 2020.fayi")
	early := cmd.yes("early", "flag.early")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Awards().DecideAwards(c.ctx, *early)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) { printDecisions(pr, all) })
	})
}

func printDecisions(pr *printer, all []award.Decision) {
	total := 0
	for _, d := range all {
		total += len(d.Grants)
		for _, n := range d.Notes {
			pr.say(n.Why, n.Args(strings.TrimSpace(d.Category+" "+d.Group)))
		}
	}
	pr.say("cli.decided", judging.Args{"Lists": len(all), "Count": total})
}

func awardsList(cmd *command) handler {
	cmd.use("awards list CONTEST", "awards list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Awards().ListAwards(c.ctx)
		if err != nil {
			return result{}, err
		}
		decided, err := o.Awards().Decisions(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("category", "group", "award", "place", "title", "authors", "unit")}
			for _, a := range all {
				rows = append(rows, []string{a.Category, a.Group, a.Award, fmt.Sprint(a.Place), a.Title,
					strings.Join(a.Authors, "、"), a.Unit})
			}
			pr.table(rows)
			printDecisions(pr, decided)
		})
	})
}
