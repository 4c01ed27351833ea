# Completion of strata for fish, as `strata completion fish` writes it.
function __strata_complete
    # Quotes that are open are fish's own affair.
    set -l word (commandline -ct | string replace -r '^[\'"]' '')
    set -l before (commandline -opc)
    set -l answer (command strata complete fish $before[2..-1] "$word" 2>/dev/null </dev/null)
    set -l prefix "$answer[2]"
    set -l path (string sub -s (math 1 + (string length -- "$prefix")) -- "$word")
    switch "$answer[1]"
        case files
            printf '%s\n' $prefix(__fish_complete_path "$path")
        case folders
            printf '%s\n' $prefix(__fish_complete_directories "$path")
        case words
            set -q answer[3]; and printf '%s\n' $answer[3..-1]
    end
end
complete -c strata -e
complete -c strata -f -k -a '(__strata_complete)'
