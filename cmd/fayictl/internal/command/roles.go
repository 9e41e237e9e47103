package command

import (
	"context"
	"errors"
	"maps"
	"os"

	"fayi/judging"
	"fayi/judging/office"
)

// Role is who may run a command.
type Role string

// The roles. A contest without an organiser's password asks nobody, and a judge without a PIN has nothing to prove
// themselves by.
const (
	Anyone    Role = "anyone"     // it names nobody and changes nothing, or works on no contest
	ByItself  Role = "by_itself"  // the organiser, whom the command asks when it knows what for
	ForJudge  Role = "judge"      // the judge that --judge names, or the organiser for that judge
	Organiser Role = "organiser"  // it names people, or changes the contest
	ByPhrase  Role = "passphrase" // whoever has the passphrase of what it opens
	ByToken   Role = "token"      // whoever has the token of a hall's organiser
	// whoever has the invitation to a shared contest
	ByInvitation Role = "invitation"
)

// roles is the one table of who may run which command. What works on a contest and does not stand here is the
// organiser's; a test fails for one that stands nowhere.
var roles = map[string]Role{
	"contest new": Anyone, "contest show": Anyone, "contest check": Anyone, "contest backup": Anyone,
	"contest backups": Anyone, "contest unarchive": ByPhrase,
	"contest password": ByItself, "contest restore": ByItself,
	"scores enter": ForJudge, "scores submit": ForJudge,
	"report check": Anyone, "table rank": Anyone, "table hints": Anyone, "table agree": Anyone, "table design": Anyone,
	"table pairs": Anyone, "sample": Anyone,
	"contest prepare": Anyone, "version": Anyone, "help": Anyone, "completion": Anyone,

	"contest archive": Organiser, "contest find": Organiser, "contest heal": Organiser,
	"contest journal": Organiser, "contest mirror": Organiser, "contest open-points": Organiser,
	"contest rules": Organiser, "rehearse": Organiser,
	"contest share": Organiser, "contest leave": Organiser, "contest log": Organiser,
	"contest depot": Organiser, "contest join": ByInvitation,

	"collect page": Organiser,

	"works aside": Organiser, "works attach": Organiser, "works blind": Organiser, "works check": Organiser,
	"works correct": Organiser, "works corrections": Organiser, "works detach": Organiser,
	"works dismiss": Organiser, "works duplicates": Organiser, "works export": Organiser,
	"works history": Organiser, "works import": Organiser, "works intakes": Organiser, "works list": Organiser,
	"works looked": Organiser, "works mask": Organiser, "works order": Organiser, "works page": Organiser,
	"works reconcile": Organiser, "works reference add": Organiser, "works reference drop": Organiser,
	"works reference list": Organiser, "works review": Organiser, "works show": Organiser,
	"works text": Organiser, "works thumbs": Organiser, "works undo-import": Organiser,
	"problems dismiss": Organiser, "problems export": Organiser, "problems fix": Organiser,
	"problems list": Organiser, "problems return": Organiser,
	"units aliases": Organiser, "units forget": Organiser, "units import": Organiser, "units list": Organiser,
	"units inherit": Organiser,
	"units lists":   Organiser, "units merge": Organiser, "units rename": Organiser,
	"units undo-import": Organiser,
	"collect correct":   Organiser, "collect inbox": Organiser, "collect kit": Organiser,
	"collect mail": Organiser, "collect mailboxes": Organiser, "collect watch": Organiser,
	"collect aside": Organiser, "collect missing": Organiser, "collect receipts": Organiser, "collect take": Organiser,
	"collect terms": Organiser,
	"collect map":   Organiser, "collect poster": Organiser,
	"collect clear": Organiser, "collect close": Organiser, "collect links": Organiser, "collect open": Organiser,
	"collect receive": Organiser, "collect refuse": Organiser, "collect sent": Organiser, "collect serve": Organiser,
	"collect unlink": Organiser,

	"judges add": Organiser, "judges correct": Organiser, "judges import": Organiser, "judges list": Organiser,
	"judges lists": Organiser, "judges merge": Organiser, "judges pin": Organiser,
	"judges pledge": Organiser, "judges pledge-form": Organiser, "judges pledges": Organiser,
	"judges remove": Organiser,
	"judges hints":  Organiser, "judges note-hint": Organiser, "judges recall-note": Organiser,
	"judges report": Organiser, "judges spread": Organiser, "judges strike": Organiser,
	"judges undo-import": Organiser,
	"conflicts declare":  Organiser, "conflicts list": Organiser, "conflicts scores": Organiser,
	"conflicts settle": Organiser, "conflicts suspects": Organiser,
	"assign adjust": Organiser, "assign list": Organiser, "assign plan": Organiser, "assign publish": Organiser,
	"assign recuse": Organiser, "assign show": Organiser, "assign top-up": Organiser,

	"scores calibrate": Organiser, "scores calibration": Organiser, "scores clashes": Organiser,
	"scores close": Organiser, "scores collect": Organiser, "scores collections": Organiser,
	"scores comments": Organiser, "scores flags": Organiser, "scores history": Organiser,
	"scores progress": Organiser, "scores remind": Organiser, "scores reopen": Organiser,
	"scores restore": Organiser, "scores sheets": Organiser, "scores signoff": Organiser,
	"scores status": Organiser, "scores undo-collect": Organiser, "scores verify": Organiser,
	"scores offset": Organiser, "scores offsets": Organiser, "scores undo-offset": Organiser,
	"scores audience": Organiser, "scores audiences": Organiser, "scores undo-audience": Organiser,
	"hall serve": Anyone, "hall list": ByToken, "hall open": ByToken, "hall close": ByToken,
	"stage back": Organiser, "stage board": Organiser, "stage break": Organiser, "stage call": Organiser,
	"stage close": Organiser, "stage move": Organiser, "stage order": Organiser, "stage release": Organiser,
	"stage reopen": Organiser, "stage time": Organiser,
	"scores void": Organiser,
	"room invite": Organiser, "room passes": Organiser, "room release": Organiser, "room revoke": Organiser,
	"room root": Organiser, "room screen": Organiser, "room serve": Organiser,
	"packet collect": Organiser, "packet list": Organiser, "packet resolve": Organiser, "packet seal": Organiser,
	"packet slip": Organiser,

	"rank": Organiser, "rank explain": Organiser, "rank agreement": Organiser,
	"awards answer": Organiser, "awards board": Organiser, "awards correct-notice": Organiser,
	"awards decide": Organiser, "awards disqualify": Organiser, "awards final": Organiser,
	"awards honours": Organiser, "awards influence": Organiser, "awards list": Organiser,
	"awards notice": Organiser, "awards object": Organiser, "awards override": Organiser, "awards nominate": Organiser,
	"awards publish": Organiser, "awards recall": Organiser, "awards recall-notice": Organiser,
	"awards retract-answer": Organiser, "awards rulings": Organiser, "awards tie": Organiser,
	"awards withhold": Organiser,
	"compare answer":  Organiser, "compare ask": Organiser, "compare drop": Organiser, "compare export": Organiser,
	"compare lines": Organiser, "compare list": Organiser, "compare open": Organiser, "compare settle": Organiser,
	"compare show": Organiser, "compare take-back": Organiser, "compare undo": Organiser,
	"disputes list": Organiser, "disputes settle": Organiser,
	"rounds enter": Organiser, "rounds list": Organiser, "rounds next": Organiser, "rounds replace": Organiser,
	"rounds show": Organiser, "rounds undo": Organiser,
	"report album": Organiser, "report exhibition": Organiser, "report letters": Organiser,
	"report participation": Organiser,
	"report answers":       Organiser, "report awards": Organiser, "report batch": Organiser,
	"report batches": Organiser, "report certificates": Organiser, "report due": Organiser,
	"report matrix": Organiser, "report notice": Organiser, "report returns": Organiser,
	"report rules": Organiser, "report statistics": Organiser, "report superior": Organiser,
	"report verify": Organiser, "report withdraw-batch": Organiser,
}

// Roles is the table of who may run which command, by the words of the command.
func Roles() map[string]Role {
	return maps.Clone(roles)
}

// roleOf is the role of a command; one that the table does not know is the organiser's.
func roleOf(words string) Role {
	if r, ok := roles[words]; ok {
		return r
	}
	return Organiser
}

// enter opens the contest of the organiser's command and asks for the organiser before anything else is done; the
// handler's With goes on with it.
func (c *Call) enter(dir string) error {
	o, err := c.open(dir)
	if err != nil {
		return err
	}
	if err := c.asOrganiser(o); err != nil {
		return errors.Join(err, o.Close())
	}
	c.held, c.heldDir = o, dir
	return nil
}

// leave closes what the handler did not use.
func (c *Call) leave() error {
	if c.held == nil {
		return nil
	}
	o := c.held
	c.held = nil
	return o.Close()
}

// open opens a contest, or takes the one that was entered, and says what opening it found.
func (c *Call) open(dir string) (*office.Office, error) {
	if c.held != nil && c.heldDir == dir {
		o := c.held
		c.held = nil
		return o, nil
	}
	o, err := c.Door.Open(c.Ctx, dir, c.Door.Known(c.Unlock))
	if err != nil {
		return nil, err
	}
	if found := o.Found(); len(found) > 0 {
		c.Warn("store.found", judging.Args{"What": FoundWords(c.Text, found)})
	}
	return o, nil
}

// asOrganiser wants the organiser's password where the contest has one, once for each command. Whoever opened a sealed
// contest has given it. Wrong ones are counted as in the window. Errors: Forbidden.
func (c *Call) asOrganiser(o *office.Office) error {
	if c.proved[o.Dir()] || o.Secrets().Sealed() {
		return nil
	}
	has, err := o.Secrets().HasPassword(c.Ctx)
	if err != nil || !has {
		return err
	}
	typed, err := c.Secret(PasswordVariable, "seal.prompt")
	if err != nil {
		return err
	}
	if typed == "" {
		return judging.Fail(judging.Forbidden, "cli.needs_password", judging.Args{"Variable": PasswordVariable})
	}
	if err := o.Secrets().CheckPassword(c.Ctx, typed); err != nil {
		return err
	}
	if c.proved == nil {
		c.proved = map[string]bool{}
	}
	c.proved[o.Dir()] = true
	return nil
}

// Secret is what a variable of the environment holds, else what is typed on the terminal; "" without either: a pipe is
// asked nothing.
func (c *Call) Secret(variable, prompt string) (string, error) {
	if typed := os.Getenv(variable); typed != "" || c.ask == nil {
		return typed, nil
	}
	typed, err := c.ask(c.Text.T(prompt, nil) + " ")
	if err != nil {
		return "", judging.Fail(judging.Forbidden, "cli.not_typed", nil).Because(err)
	}
	return typed, nil
}

// AsJudge opens the contest in dir for a judge, runs fn under a context that names who acts, and closes it. The judge
// proves to be there by the PIN, from FAYI_PIN or typed. With a reason, or where the judge has no PIN, the organiser
// acts for the judge: then it asks as any command of the organiser's. Errors: those of With, NotFound for the judge,
// Forbidden.
func (c *Call) AsJudge(
	dir string, judge judging.JudgeID, reason string, fn func(*office.Office) (Result, error),
) (Result, error) {
	o, err := c.open(dir)
	if err != nil {
		return Result{}, err
	}
	before := c.Ctx
	defer func() { c.Ctx = before }()
	if c.Ctx, err = c.acting(o, judge, reason); err != nil {
		return Result{}, FirstError(err, o.Close())
	}
	res, err := fn(o)
	return res, FirstError(err, o.Close())
}

func (c *Call) acting(o *office.Office, judge judging.JudgeID, reason string) (ctx context.Context, err error) {
	has, err := o.Secrets().HasPIN(c.Ctx, judge)
	if err != nil {
		return c.Ctx, err
	}
	if !has || judging.Tidy(reason) != "" {
		return office.OnBehalf(c.Ctx, reason), c.asOrganiser(o)
	}
	pin, err := c.Secret(PINVariable, "cli.prompt_pin")
	switch {
	case err != nil:
		return c.Ctx, err
	case pin == "":
		return c.Ctx, judging.Fail(judging.Forbidden, "cli.needs_pin", judging.Args{"Variable": PINVariable})
	}
	return office.ByJudge(c.Ctx, judge), o.Secrets().CheckPIN(c.Ctx, judge, pin)
}

// ProveCopy wants the password that a copy carries before it takes the place of a contest that can't be read. Errors:
// Forbidden, those of reading the copy.
func (c *Call) ProveCopy(path string) error {
	p, err := c.Door.Peek(c.Ctx, path, c.Unlock)
	if err != nil || !p.Guarded {
		return err
	}
	typed := os.Getenv(BackupVariable)
	if typed == "" {
		if typed, err = c.Secret(PasswordVariable, "seal.prompt"); err != nil {
			return err
		}
	}
	if typed == "" {
		return judging.Fail(judging.Forbidden, "cli.needs_password", judging.Args{"Variable": PasswordVariable})
	}
	return c.Door.Prove(c.Ctx, path, typed, c.Unlock)
}
