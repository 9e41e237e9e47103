package intake

import (
	"fmt"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collect"
)

// unitMap is the units by group, as a program reads them.
type unitMap struct {
	Groups []mapGroup         `json:"groups"`
	Total  collect.GroupState `json:"total"`
	Path   string             `json:"path,omitempty"`
}

type mapGroup struct {
	collect.GroupState
	Tiles []mapTile `json:"tiles"`
}

// mapTile is one unit.
type mapTile struct {
	Unit  string `json:"unit"`
	State string `json:"state"`
	Late  bool   `json:"late"`
	Works int    `json:"works"`
}

// collectMap shows the units by group, one tile for each.
func collectMap(cmd *command.Command) command.Handler {
	cmd.Use("collect map CONTEST", "collect map 2020.fayi --out 报送情况.pdf")
	out := cmd.Str("out", "FILE.pdf", "flag.call_map")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *out != "" {
			if _, err := o.Collect().ReportMap(c.Ctx, *out, c.Text.T); err != nil {
				return command.Result{}, err
			}
		}
		b, err := o.Collect().Inbox(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		m := unitMap{Groups: []mapGroup{}, Total: b.Total(), Path: *out}
		for _, g := range b.Groups() {
			one := mapGroup{GroupState: g, Tiles: []mapTile{}}
			for _, u := range g.Units {
				one.Tiles = append(one.Tiles, mapTile{u.Unit, u.State, u.Late, u.Works})
			}
			m.Groups = append(m.Groups, one)
		}
		return command.Answer(m, func(pr *command.Printer) { printMap(pr, b, m.Path) })
	})
}

func printMap(pr *command.Printer, b collect.Inbox, path string) {
	if !b.Lists {
		pr.Say("call.no_list", nil)
	}
	head := append([]string{pr.Text.T("call.list_kind", nil)}, pr.Titles("call.sum_", collect.GroupColumns...)...)
	rows := [][]string{head}
	line := func(title string, g collect.GroupState) {
		row := []string{title}
		for _, n := range g.Numbers() {
			row = append(row, fmt.Sprint(n))
		}
		rows = append(rows, row)
	}
	for _, g := range b.Groups() {
		line(g.Title(pr.Text.T), g)
	}
	line(pr.Text.T("call.kinds_total", nil), b.Total())
	pr.Table(rows)
	pr.Line("%s", collect.Legend(pr.Text.T))
	for _, g := range b.Groups() {
		pr.Line("")
		pr.Say("call.map_group", judging.Args{
			"Kind": g.Title(pr.Text.T), "Units": len(g.Units), "Sent": g.Sent, "Works": g.Works,
		})
		for _, u := range g.Units {
			pr.Line("  %s %s  %s", u.Sign(), u.Unit, u.TileText(pr.Text.T))
		}
	}
	if path != "" {
		pr.Say("report.written", judging.Args{"Path": path})
	}
}
