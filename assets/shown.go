package assets

import (
	"fmt"
	"text/template"
	"text/template/parse"
)

// shownArg is the argument that says how the others are shown; no text names it.
const shownArg = "shownBy"

// through is the last step of each place of a text that shows an argument.
var through = template.Must(template.New("").Funcs(template.FuncMap{"plain": plain}).
	Parse("{{0 | plain | call $." + shownArg + "}}")).Root.Nodes[0].(*parse.ActionNode).Pipe.Cmds[1:]

// plain writes v as a template does.
func plain(v any) string {
	if v == nil {
		return "<no value>"
	}
	return fmt.Sprint(v)
}

// showPlaces has each place below n that writes something go through shownArg.
func showPlaces(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, part := range n.Nodes {
			showPlaces(part)
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return
		}
		for _, step := range through {
			n.Pipe.Cmds = append(n.Pipe.Cmds, step.Copy().(*parse.CommandNode))
		}
	case *parse.IfNode:
		showBranches(&n.BranchNode)
	case *parse.WithNode:
		showBranches(&n.BranchNode)
	case *parse.RangeNode:
		showBranches(&n.BranchNode)
	}
}

func showBranches(n *parse.BranchNode) {
	showPlaces(n.List)
	showPlaces(n.ElseList)
}
