namespace FsRec.Reports;

/// <summary>Look and scripts of a report. Without scripts everything is there to be read; with them values are told and frames can be leafed through.</summary>
internal static class ReportStyle
{
    /// <summary>Light and dark, phone and screen, and A4.</summary>
    public const string Css = """
        :root{--ink:#222;--muted:#5c5c5c;--grid:#ddd;--paper:#fff;--soft:#f4f5f7;--link:#00558a;--warn:#8a3a00;--warnbg:#fff4e5;--okbg:#e8f6f0;--s0:#0072b2;--s1:#d55e00;--s2:#009e73;--s3:#aa4499;--s4:#b07d00;--s5:#444}
        @media screen and (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--muted:#a8a8a8;--grid:#3a3d42;--paper:#16181c;--soft:#202329;--link:#7cc4ff;--warn:#ffbe85;--warnbg:#3a2812;--okbg:#12332a;--s0:#5db4ec;--s1:#ff8f4a;--s2:#3ecfa2;--s3:#df86d3;--s4:#e6b84c;--s5:#bbb}}
        *{box-sizing:border-box}
        html{scroll-padding-top:3.5em}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
        header,main,footer,nav{max-width:1320px;margin:0 auto;padding:0 1.25rem}
        h1{font-size:1.7rem;margin:1.2rem 0 .2rem;overflow-wrap:anywhere}
        h2{font-size:1.25rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--grid);padding-bottom:.2rem}
        a{color:var(--link)}
        a:focus-visible,button:focus-visible,input:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:9}
        nav{position:sticky;top:0;background:var(--paper);display:flex;gap:.3rem 1rem;overflow-x:auto;padding-top:.5rem;padding-bottom:.5rem;border-bottom:1px solid var(--grid);z-index:5;white-space:nowrap}
        .lead{color:var(--muted);margin:.2rem 0 1rem;overflow-wrap:anywhere}
        .verdict{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:.8rem;margin:1rem 0;padding:0;list-style:none}
        .verdict li{background:var(--soft);border-radius:.5rem;padding:.8rem 1rem;margin:0}
        .verdict b{display:block;font-size:1.35rem;line-height:1.25}
        .verdict span{color:var(--muted);font-size:.92rem}
        .warnings{background:var(--warnbg);border-left:.3rem solid var(--warn);border-radius:.3rem;padding:.6rem 1rem;margin:1rem 0}
        .warnings h3{margin:.1rem 0 .3rem;font-size:1rem;color:var(--warn)}
        .warnings li{overflow-wrap:anywhere}
        .fine{background:var(--okbg);border-left:.3rem solid var(--s2);border-radius:.3rem;padding:.6rem 1rem}
        .row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:1.2rem;align-items:start}
        figure{margin:0 0 1rem;position:relative}
        figure svg,figure img{display:block;width:100%;height:auto;max-width:100%}
        figcaption{color:var(--muted);font-size:.9rem;margin-top:.4rem}
        .scroll{overflow-x:auto;margin:.6rem 0 1rem}
        table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--muted);padding-bottom:.3rem}
        th,td{text-align:left;padding:.25rem .9rem .25rem 0;border-bottom:1px solid var(--grid);vertical-align:top}
        th button{font:inherit;font-weight:bold;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline dotted}
        th[aria-sort=ascending] button::after{content:' ▲'}th[aria-sort=descending] button::after{content:' ▼'}
        tr.best td{background:var(--okbg)}
        td img{display:block;width:128px;height:auto}
        code,pre{font:.9rem/1.45 ui-monospace,'DejaVu Sans Mono',Consolas,monospace}
        pre{background:var(--soft);padding:.7rem 1rem;border-radius:.4rem;overflow-x:auto}
        .strip{display:flex;gap:.8rem;overflow-x:auto;padding:0 0 .6rem;margin:0;list-style:none}
        .strip li{flex:0 0 auto;width:min(100%,780px)}
        .strip.small li{width:min(70%,300px)}
        .strip img{width:100%;height:auto;display:block}
        .strip p{margin:.2rem 0;color:var(--muted);font-size:.9rem}
        .leaf .strip{display:block}.leaf .strip li{display:none;width:100%;max-width:900px}.leaf .strip li.on{display:block}.leaf .strip.small li{max-width:520px}
        .slider{display:none;align-items:center;gap:.8rem;margin:.4rem 0;max-width:900px}.leaf .slider{display:flex}.slider input{flex:1;accent-color:var(--link);min-height:2rem}
        .slider output{min-width:9em}
        #tip{position:fixed;pointer-events:none;background:var(--ink);color:var(--paper);font-size:.85rem;padding:.15rem .5rem;border-radius:.3rem;z-index:20}
        footer{color:var(--muted);font-size:.9rem;padding-top:1rem;padding-bottom:2rem}
        @page{size:A4;margin:14mm}
        @media print{body{font-size:10.5pt}nav,.skip,.slider,#tip{display:none!important}header,main,footer{max-width:none;padding:0}h2{break-after:avoid}figure,li,tr,.warnings{break-inside:avoid}.row{grid-template-columns:1fr 1fr;gap:5mm}.leaf .strip,.strip{display:grid;grid-template-columns:1fr;gap:2mm;overflow:visible}.strip.small,.leaf .strip.small{grid-template-columns:repeat(3,1fr)}.strip li,.leaf .strip li{display:block;width:100%;max-width:none}.strip li:nth-child(n+5){display:none!important}.strip.small li:nth-child(n+5){display:block!important}.scroll{overflow:visible}table{font-size:8.5pt}td{overflow-wrap:anywhere}pre{white-space:pre-wrap}.verdict{grid-template-columns:repeat(3,1fr)}.verdict li{border:1px solid #ccc}}
        """;

    /// <summary>Values under the pointer, sliders, sorting.</summary>
    public const string Script = """
        (function(){'use strict';
        var tip=document.getElementById('tip');
        function show(text,x,y){tip.textContent=text;tip.hidden=false;var w=tip.offsetWidth;tip.style.left=Math.max(4,Math.min(window.innerWidth-w-4,x+14))+'px';tip.style.top=(y+16)+'px';}
        function hide(){tip.hidden=true;}
        document.querySelectorAll('figure[data-values]').forEach(function(f){
          var d=f.dataset,bytes=Uint8Array.from(atob(d.values),function(c){return c.charCodeAt(0);}),svg=f.querySelector('svg'),box=svg.viewBox.baseVal;
          svg.addEventListener('pointermove',function(e){
            var r=svg.getBoundingClientRect(),x=(e.clientX-r.left)/r.width*box.width,y=(e.clientY-r.top)/r.height*box.height;
            var u=(x-d.x)/d.w,v=(y-d.y)/d.h;
            if(u<0||v<0||u>=1||v>=1){hide();return;}
            var k=bytes[Math.floor(v*d.rows)*d.columns+Math.floor(u*d.columns)];
            var value=Number(d.low)+(Number(d.high)-Number(d.low))*k/255;
            var gx=(d.centred?(u-0.5):u)*d.width,gy=(d.centred?(v-0.5):v)*d.height;
            show((k===0?'≤ ':k===255?'≥ ':'')+value.toPrecision(3)+' '+d.unit+' at '+(d.centred?Math.hypot(gx,gy).toFixed(2)+' 1/nm':gx.toFixed(2)+', '+gy.toFixed(2)+' nm'),e.clientX,e.clientY);
          });
          svg.addEventListener('pointerleave',hide);
        });
        document.querySelectorAll('figure svg').forEach(function(svg){
          var dots=[].slice.call(svg.querySelectorAll('circle')).filter(function(c){return c.querySelector('title');});
          if(!dots.length)return;
          var texts=dots.map(function(c){var t=c.querySelector('title'),s=t.textContent;t.remove();c.setAttribute('aria-label',s);return s;});
          svg.addEventListener('pointermove',function(e){
            var best=-1,least=900;
            dots.forEach(function(c,i){var r=c.getBoundingClientRect(),dx=r.left+r.width/2-e.clientX,dy=r.top+r.height/2-e.clientY,q=dx*dx+dy*dy;if(q<least){least=q;best=i;}});
            if(best<0)hide();else show(texts[best],e.clientX,e.clientY);
          });
          svg.addEventListener('pointerleave',hide);
        });
        document.querySelectorAll('[data-leaf]').forEach(function(box,n){
          var items=[].slice.call(box.querySelectorAll('.strip li')),slider=box.querySelector('input'),out=box.querySelector('output');
          if(items.length<2)return;
          box.classList.add('leaf');slider.max=items.length-1;
          function go(i){items.forEach(function(li,k){li.classList.toggle('on',k===i);});var t=items[i].querySelector('p').textContent;out.textContent=t;slider.setAttribute('aria-valuetext',t);}
          slider.value=box.dataset.leaf;go(Number(slider.value));
          slider.addEventListener('input',function(){go(Number(slider.value));});
        });
        document.querySelectorAll('table.sortable').forEach(function(table){
          var body=table.tBodies[0];
          [].forEach.call(table.tHead.rows[0].cells,function(th,i){
            if(!th.textContent)return;
            var b=document.createElement('button');b.type='button';b.textContent=th.textContent;th.textContent='';th.appendChild(b);
            b.addEventListener('click',function(){
              var up=th.getAttribute('aria-sort')!=='ascending';
              [].forEach.call(table.tHead.rows[0].cells,function(o){o.removeAttribute('aria-sort');});
              th.setAttribute('aria-sort',up?'ascending':'descending');
              function key(r){var s=r.cells[i].dataset.v||r.cells[i].textContent,x=parseFloat(s.replace('−','-'));return isNaN(x)?s:x;}
              [].slice.call(body.rows).sort(function(p,q){var a=key(p),c=key(q);return (a<c?-1:a>c?1:0)*(up?1:-1);}).forEach(function(r){body.appendChild(r);});
            });
          });
        });
        })();
        """;
}
