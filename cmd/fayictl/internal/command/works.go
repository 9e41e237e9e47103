package command

import "fayi/judging"

// WorkAnswer is the stable form of a work in JSON: all that is stored of it, and lists that are [] when they are empty,
// never null.
type WorkAnswer struct {
	judging.Work
	Authors  []string       `json:"authors"`
	Unit     string         `json:"unit"`
	Group    string         `json:"group"`
	Teachers []string       `json:"teachers"`
	Phone    string         `json:"phone"`
	Files    []judging.File `json:"files"`
}

// WorksOf puts works into their stable form, in the order of list; [] for none.
func WorksOf(list []judging.Work) []WorkAnswer {
	out := make([]WorkAnswer, len(list))
	for i, w := range list {
		out[i] = WorkAnswer{w, OrEmpty(w.Authors), w.Unit, w.Group, OrEmpty(w.Teachers), w.Phone, OrEmpty(w.Files)}
	}
	return out
}

// WorkList takes words of the command line for works' numbers.
func WorkList(names []string) []judging.WorkID {
	var out []judging.WorkID
	for _, n := range names {
		out = append(out, judging.WorkID(n))
	}
	return out
}
