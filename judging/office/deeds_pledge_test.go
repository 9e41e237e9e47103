package office_test

// Deeds around the pledge, which the rules have to ask for first.
func init() {
	swears := func(c attempt, do func() error) error {
		if err := ask(c.ctx, c.Office, promise); err != nil {
			return err
		}
		return do()
	}
	deedsOf["scored"] = append(deedsOf["scored"],
		deed{"pledges", func(c attempt) error { return reads(c.Signed().Pledges(c.ctx)) }, ""},
		deed{"note a pledge", func(c attempt) error {
			return swears(c, func() error { return c.Signed().NotePledge(c.ctx, "j001", false, "") })
		}, "rules counter journal"},
		deed{"accept a pledge", func(c attempt) error {
			return swears(c, func() error {
				d, err := c.Scoring().Desk("j001").Duties(c.ctx)
				if err != nil {
					return err
				}
				return c.Scoring().Desk("j001").Pledge(c.ctx, d.Pledge.Sum)
			})
		}, "rules counter journal"},
	)
}
