// Package assignment holds the pages for judges, with their conflicts, and for the plan that says who judges what.
package assignment
