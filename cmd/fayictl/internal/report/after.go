package report

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/exhibition"
	"fayi/judging/office/letters"
)

// reportLetters tells units what became of their works.
func reportLetters(cmd *command.Command) command.Handler {
	cmd.Use("report letters CONTEST", "report letters 2020.fayi --out 告知书 --certificates")
	var req letters.Request
	out := cmd.Must("out", "DIR", "flag.letters_out")
	units := cmd.Many("unit", "UNIT", "flag.letters_units")
	cmd.YesVar(&req.Comments, "comments", "flag.letters_comments")
	cmd.YesVar(&req.Places, "places", "flag.letters_places")
	cmd.YesVar(&req.Certificates, "certificates", "flag.letters_certificates")
	cmd.YesVar(&req.Anyway, "anyway", "flag.anyway")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req.Dir, req.Units = *out, *units
		r, err := o.Letters().WriteLetters(c.Ctx, req, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			sent, awarded := 0, 0
			for _, l := range r.Letters {
				sent, awarded = sent+l.Sent, awarded+l.Awarded
			}
			pr.Say("letters.written", judging.Args{"N": len(r.Letters), "Sent": sent, "Awarded": awarded,
				"Path": *out})
			if len(r.Without) > 0 {
				pr.Say("letters.without", judging.Args{"N": len(r.Without), "List": ids(r.Without)})
			}
		})
	})
}

func ids(list []judging.WorkID) string {
	var out []string
	for _, id := range list {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

// reportParticipation counts how units took part.
func reportParticipation(cmd *command.Command) command.Handler {
	cmd.Use("report participation CONTEST", "report participation 2020.fayi --out 参与情况.xlsx")
	return written(func(c *command.Call, o *office.Office, path string) (command.Result, error) {
		r, err := o.Letters().ReportParticipation(c.Ctx, path, c.Text.T)
		return command.NewResult(r, func(pr *command.Printer) {
			pr.Say("participation.written", judging.Args{"Units": r.Units, "Silent": r.Silent, "Sent": r.Sent,
				"In": r.In, "Awarded": r.Awarded, "Path": path})
		}).Unless(err)
	}, cmd.Must("out", "FILE.xlsx", "flag.out"))
}

// reportExhibition makes the pages that show awarded works, or says which of them may be shown.
func reportExhibition(cmd *command.Command) command.Handler {
	cmd.Use("report exhibition CONTEST", "report exhibition 2020.fayi --out 展览")
	var req exhibition.Request
	cmd.StrVar(&req.Out, "out", "DIR", "flag.exhibition_out")
	cmd.YesVar(&req.Agreed, "consents-on-paper", "flag.exhibition_agreed")
	cmd.YesVar(&req.Media, "media", "flag.exhibition_media")
	cmd.StrVar(&req.Left, "left", "FILE.xlsx", "flag.exhibition_left")
	check := cmd.Yes("check", "flag.exhibition_check")
	cmd.Limit(command.ExactlyOne, "out", "check")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *check {
			return candidates(c, o)
		}
		req.Lang = c.Text.Lang
		bar := c.Bar("exhibition.making")
		r, err := o.Exhibition().WriteExhibition(c.Ctx, req, c.Text.T, bar.Step)
		bar.Done()
		return shown(c, r, "exhibition.written", err)
	})
}

// reportAlbum makes the album of awarded works.
func reportAlbum(cmd *command.Command) command.Handler {
	cmd.Use("report album CONTEST", "report album 2020.fayi --out 作品集.pdf")
	var req exhibition.Request
	out := cmd.Must("out", "FILE.pdf", "flag.out")
	cmd.YesVar(&req.Agreed, "consents-on-paper", "flag.exhibition_agreed")
	cmd.StrVar(&req.Left, "left", "FILE.xlsx", "flag.exhibition_left")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		req.Out = *out
		bar := c.Bar("exhibition.making")
		r, err := o.Exhibition().WriteAlbum(c.Ctx, req, c.Text.T, bar.Step)
		bar.Done()
		return shown(c, r, "album.written", err)
	})
}

// candidates lists the awarded works with their consents.
func candidates(c *command.Call, o *office.Office) (command.Result, error) {
	list, err := o.Exhibition().Candidates(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(list, func(pr *command.Printer) {
		for _, one := range list {
			pr.Say("exhibition.candidate", judging.Args{"Award": one.Award, "Title": one.Title, "Unit": one.Unit,
				"Consent": c.Text.T("exhibition.consent_"+string(one.Consent), nil)})
		}
	})
}

// shown says what was shown and what was not. What was left out is named in an error too.
func shown(c *command.Call, r exhibition.Report, key string, err error) (command.Result, error) {
	if err != nil {
		tellLeft(c.Warn, r)
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		pr.Say(key, judging.Args{"Shown": r.Shown, "Pictures": r.Pictures, "Pages": r.Pages,
			"MB": fmt.Sprintf("%.1f", float64(r.Bytes)/(1<<20)), "Path": r.Path})
		tellLeft(pr.Say, r)
		for _, t := range r.Troubles {
			why := c.Text.T(t.Text, t.Args)
			pr.Say("exhibition.trouble", judging.Args{"Title": t.Title, "File": t.File, "Why": why})
		}
		if r.Characters != "" {
			pr.Say("album.characters", judging.Args{"List": r.Characters})
		}
	})
}

// tellLeft names the works that were left out.
func tellLeft(say func(key string, args judging.Args), r exhibition.Report) {
	var codes []string
	for _, one := range r.Left {
		codes = append(codes, string(one.Code))
	}
	if len(codes) > 0 {
		say("exhibition.left", judging.Args{"N": len(codes), "List": strings.Join(codes, " ")})
	}
	if r.LeftFile != "" {
		say("exhibition.left_list", judging.Args{"Path": r.LeftFile})
	}
}
