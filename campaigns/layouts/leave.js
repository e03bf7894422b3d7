document.getElementById("leave").addEventListener("click",function(event){event.preventDefault();document.documentElement.hidden=true;window.location.replace(this.href);});
