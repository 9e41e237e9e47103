// Package rules holds the page that states the rules of the contest and the one that edits them, section by section.
package rules
