package main

import "slices"

// nouns lists every command, noun by noun in the order of a contest; a noun's commands come from all stages that have
// some.
var nouns = []noun{
	{name: "contest", commands: contestCommands},
	{name: "works", commands: slices.Concat(worksCommands, reviewCommands, filesCommands, blindCommands,
		correctionCommands, referenceCommands, exportCommands)},
	{name: "problems", commands: problemsCommands},
	{name: "units", commands: unitsCommands},
	{name: "judges", commands: slices.Concat(judgesCommands, fairnessCommands)},
	{name: "conflicts", commands: conflictsCommands},
	{name: "assign", commands: assignCommands},
	{name: "scores", commands: scoresCommands},
	{name: "packet", commands: packetCommands},
	{name: "rank", commands: rankCommands},
	{name: "awards", commands: awardsCommands},
	{name: "disputes", commands: disputesCommands},
	{name: "rounds", commands: roundsCommands},
	{name: "report", commands: reportCommands},
	{name: "rehearse", commands: rehearseCommands},
	{name: "table", commands: tableCommands},
	{name: "sample", commands: sampleCommands},
	{name: "version", commands: versionCommands},
}
