function fish_prompt; echo -n READY; end
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
bind \cxa 'commandline -- (complete -C (commandline) | string join \n)'
bind \cxd 'printf "\034%s\035" (commandline | string collect); commandline ""'
