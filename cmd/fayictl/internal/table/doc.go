// Package table declares the commands for tables of scores that belong to no contest.
package table
