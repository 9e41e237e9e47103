package main

import (
	"slices"

	"fayi/cmd/fayictl/internal/assignment"
	"fayi/cmd/fayictl/internal/awards"
	"fayi/cmd/fayictl/internal/command"
	"fayi/cmd/fayictl/internal/contest"
	"fayi/cmd/fayictl/internal/hall"
	"fayi/cmd/fayictl/internal/intake"
	"fayi/cmd/fayictl/internal/parcel"
	"fayi/cmd/fayictl/internal/report"
	"fayi/cmd/fayictl/internal/results"
	"fayi/cmd/fayictl/internal/review"
	"fayi/cmd/fayictl/internal/room"
	"fayi/cmd/fayictl/internal/scoring"
	"fayi/cmd/fayictl/internal/sending"
	"fayi/cmd/fayictl/internal/table"
)

// nouns lists every command, noun by noun in the order of a contest; a noun's commands come from all stages that have
// some.
var nouns = []command.Noun{
	{Name: "contest", Commands: contest.ContestCommands},
	{Name: "works", Commands: slices.Concat(intake.WorksCommands, review.ReviewCommands, intake.FilesCommands,
		review.BlindCommands, intake.CorrectionCommands, intake.ReferenceCommands, intake.ExportCommands)},
	{Name: "problems", Commands: intake.ProblemsCommands},
	{Name: "units", Commands: intake.UnitsCommands},
	{Name: "collect", Commands: slices.Concat(intake.CollectCommands, parcel.Commands,
		sending.Commands)},
	{Name: "judges", Commands: slices.Concat(assignment.JudgesCommands, results.FairnessCommands)},
	{Name: "conflicts", Commands: assignment.ConflictsCommands},
	{Name: "assign", Commands: assignment.AssignCommands},
	{Name: "scores", Commands: scoring.ScoresCommands},
	{Name: "room", Commands: room.RoomCommands},
	{Name: "hall", Commands: hall.Commands},
	{Name: "stage", Commands: scoring.StageCommands},
	{Name: "packet", Commands: scoring.PacketCommands},
	{Name: "rank", Commands: results.RankCommands},
	{Name: "awards", Commands: awards.AwardsCommands},
	{Name: "compare", Commands: awards.CompareCommands},
	{Name: "disputes", Commands: awards.DisputesCommands},
	{Name: "rounds", Commands: awards.RoundsCommands},
	{Name: "report", Commands: report.ReportCommands},
	{Name: "rehearse", Commands: contest.RehearseCommands},
	{Name: "table", Commands: table.TableCommands},
	{Name: "sample", Commands: contest.SampleCommands},
	{Name: "version", Commands: command.VersionCommands},
}
