package parcel

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"

	"fayi/assets/web"
	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/superior"
)

// Request says for whom a page is made.
type Request struct {
	Unit     string          // the unit that gets it; "" for a page that any unit may use
	Deadline string          // in words, as the notice says it; "" for none
	Mark     kitmark.Mark    // the call as it is now; zero: the page does not know
	Naming   superior.Naming // how files are to be called; empty: superior.UsualNaming
}

// pageRules is all that a page knows of a contest; web/src/parcelmodel.ts reads it.
type pageRules struct {
	Contest    string         `json:"contest"`
	Name       string         `json:"name"`
	Host       string         `json:"host,omitempty"`
	Version    int            `json:"version"`
	Hash       string         `json:"hash"`
	Kit        string         `json:"kit,omitempty"` // a kitmark.Mark
	Unit       string         `json:"unit,omitempty"`
	Deadline   string         `json:"deadline,omitempty"`
	Naming     string         `json:"naming"`
	Categories []pageCategory `json:"categories"`
	Groups     []pageGroup    `json:"groups"`
}

// pageGroup is a group with what else it is called.
type pageGroup struct {
	Name  string   `json:"name"`
	Alias []string `json:"alias,omitempty"`
}

type pageCategory struct {
	Name     string            `json:"name"`
	Alias    []string          `json:"alias,omitempty"`
	Groups   []string          `json:"groups,omitempty"`
	Must     bool              `json:"must,omitempty"` // a work must have a group
	Requires *judging.Requires `json:"requires,omitempty"`
}

// Key names a contest to its pages and parcels. It says nothing of the contest, and no other contest has it.
func Key(c judging.Contest) string {
	sum := sha256.Sum256([]byte("fayi parcel\x00" + string(c.ID)))
	return hex.EncodeToString(sum[:8])
}

// Page makes the page: same contest, rules and request, same bytes. Errors: Invalid for a naming that holds no field
// or one that a unit does not know.
func Page(c judging.Contest, rules judging.Rules, req Request) ([]byte, error) {
	data, err := Rules(c, rules, req)
	if err != nil {
		return nil, err
	}
	page, _ := pageWith(string(data), false)
	return page, nil
}

// OnlinePage is the page that asks a server for its rules and sends to it, with the policy that it needs. It is the
// same for all contests.
var OnlinePage = sync.OnceValues(func() (page []byte, policy string) { return pageWith("null", true) })

func pageWith(rules string, online bool) (page []byte, allowed string) {
	parts := web.Parcel()
	allowed = policy(parts.Script, parts.Style, online)
	return []byte(strings.NewReplacer(
		"PAGE_POLICY", allowed,
		"PAGE_STYLE", parts.Style,
		"PAGE_SCRIPT", parts.Script,
		"PAGE_RULES", rules,
	).Replace(parts.Shell)), allowed
}

// Rules is all that a page knows of a contest, as JSON. Errors: as of Page.
func Rules(c judging.Contest, rules judging.Rules, req Request) ([]byte, error) {
	naming := req.Naming
	if naming == "" {
		naming = superior.UsualNaming
	}
	if err := checkNaming(naming); err != nil {
		return nil, err
	}
	kit := ""
	if req.Mark.Day != "" {
		kit = req.Mark.String()
	}
	p := pageRules{
		Contest:  Key(c),
		Name:     c.Title(),
		Host:     c.Host,
		Version:  rules.Version,
		Hash:     rules.Hash(),
		Kit:      kit,
		Unit:     judging.Tidy(req.Unit),
		Deadline: judging.Tidy(req.Deadline),
		Naming:   string(naming),
	}
	for _, cat := range rules.Categories {
		p.Categories = append(p.Categories, pageCategory{
			Name: cat.Name, Alias: cat.Alias, Groups: groupsOf(rules, cat), Must: len(cat.Groups) > 0,
			Requires: cat.Requires,
		})
	}
	for _, g := range rules.Groups {
		p.Groups = append(p.Groups, pageGroup{g.Name, g.Alias})
	}
	data, err := json.Marshal(p) // escapes what could end the script that it stands in
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "parcel.rules", nil).Because(err)
	}
	return data, nil
}

// policy allows the page its own script and style, and pictures and films that it was given; no address at all but,
// online, where it came from.
func policy(script, style string, online bool) string {
	of := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	connect := ""
	if online {
		connect = "; connect-src 'self'"
	}
	return "default-src 'none'; script-src " + of(script) + "; style-src " + of(style) + connect +
		"; img-src blob:; media-src blob:; form-action 'none'; base-uri 'none'"
}

// groupsOf lists the groups that works of a category may have: those that are ranked apart, else all.
func groupsOf(rules judging.Rules, cat judging.Category) []string {
	if len(cat.Groups) > 0 {
		return cat.Groups
	}
	var out []string
	for _, g := range rules.Groups {
		out = append(out, g.Name)
	}
	return out
}

// unknownToUnits are words of a naming that a unit can't fill in, or that names of files must not hold.
var unknownToUnits = []string{"编号", "奖项", "联系电话"}

func checkNaming(n superior.Naming) error {
	bad := func() error {
		known := superior.NamingWords()
		for _, w := range unknownToUnits {
			known = strings.Join(strings.Fields(strings.ReplaceAll(known, w, "")), " ")
		}
		return judging.Fail(judging.Invalid, "parcel.bad_naming", judging.Args{"Naming": string(n), "Known": known})
	}
	any := false
	for _, w := range strings.Fields(superior.NamingWords()) {
		any = any || strings.Contains(string(n), w)
	}
	for _, w := range unknownToUnits {
		any = any && !strings.Contains(string(n), w)
	}
	if !any {
		return bad()
	}
	return nil
}
