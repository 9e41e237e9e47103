package sending

import (
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collect"
)

// collectPoster writes the poster that says where works are sent.
func collectPoster(cmd *command.Command) command.Handler {
	cmd.Use("collect poster CONTEST", "collect poster 2020.fayi --at https://fayi.example.cn/c/abc/send --out 海报.pdf")
	var req collect.PosterRequest
	cmd.MustVar(&req.At, "at", "URL", "flag.poster_at")
	cmd.MustVar(&req.Path, "out", "FILE.pdf", "flag.call_map")
	cmd.YesVar(&req.Large, "a3", "flag.poster_large")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Collect().WritePoster(c.Ctx, req, c.Text.T); err != nil {
			return command.Result{}, err
		}
		s, err := o.Sending().Standing(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		if !s.Public {
			c.Warn("cli.poster_private", nil)
		}
		return command.Answer(map[string]any{"path": req.Path, "public": s.Public}, func(pr *command.Printer) {
			pr.Say("cli.poster_written", judging.Args{"Path": req.Path, "At": req.At})
		})
	})
}
