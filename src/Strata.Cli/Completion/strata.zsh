#compdef strata
# Completion of strata for zsh, as `strata completion zsh` writes it.
_strata() {
    local -a answer whole open
    answer=("${(@f)$(command strata complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    compset -P "${(b)answer[2]}"
    case $answer[1] in
        files) _files ;;
        folders) _files -/ ;;
        *)
            # What ends in `=` is not whole: its value follows without a blank.
            open=("${(@M)answer[3,-1]:#[^:]##=(:*|)}")
            whole=("${(@)answer[3,-1]:#[^:]##=(:*|)}")
            _describe -V 'strata' whole -- open -S ''
            ;;
    esac
}
if [[ $funcstack[1] == _strata ]]; then
    _strata "$@"
else
    compdef _strata strata
fi
