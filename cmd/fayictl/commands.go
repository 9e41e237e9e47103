package main

// noun is a word and the commands that begin with it.
type noun struct {
	name     string
	commands []declaration
}

// nouns lists every command, noun by noun in the order of a contest.
var nouns = []noun{
	{"contest", contestCommands}, {"works", worksCommands}, {"problems", problemsCommands}, {"units", unitsCommands},
	{"judges", judgesCommands},
	{"conflicts", conflictsCommands},
	{"assign", assignCommands}, {"scores", scoresCommands}, {"packet", packetCommands}, {"rank", rankCommands},
	{"awards", awardsCommands}, {"disputes", disputesCommands}, {"rounds", roundsCommands}, {"report", reportCommands},
	{"rehearse", []declaration{rehearse}}, {"table", tableCommands}, {"sample", []declaration{writeSample}},
	{"version", []declaration{showVersion}},
}
